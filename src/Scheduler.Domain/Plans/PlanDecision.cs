using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>
/// Decides which entries of a plan are still possible, on institutions and slots as they are now. Pure: the same input gives the same decision, but for the ids
/// of new bookings.
/// </summary>
/// <remarks>
/// <para>
/// The entries are decided in their order. An entry is accepted alone when all rules of a booking and its slots allow the entry now. A move frees seats, so the
/// rest is tried again until nothing more fits alone. Then entries that only fit together are sought (<see cref="PlanGroups"/>), such as two bookings that swap
/// their full slots. After a group, the rest is tried alone again.
/// </para>
/// <para>
/// An entry is stale when its request or booking has another version, or when it fits neither alone nor together with others. The reason is the code of the
/// refusal that the entry gets alone.
/// </para>
/// </remarks>
public static class PlanDecision
{
    private static readonly Refusal.SlotFull _noSeats = new([], []);

    /// <summary>Decides the entries.</summary>
    /// <param name="basis">Institutions, slots and catalogue as they are now.</param>
    /// <param name="entries">The entries, in the order in which they are decided.</param>
    /// <param name="act">The act of the operator that each moved booking gets (R15).</param>
    /// <param name="newId">Makes the id of a new booking.</param>
    public static PlanOutcome Decide(PlanBasis basis, ImmutableArray<PlanEntry> entries, OperatorAct act, Func<BookingId> newId)
    {
        var stale = ImmutableSortedDictionary.CreateBuilder<int, string>();
        var open = Open(basis, entries, stale);
        var trial = new PlanTrial(basis, act, newId);
        var groups = ImmutableArray.CreateBuilder<ImmutableArray<AppliedEntry>>();
        var refusals = new Dictionary<int, Refusal>();
        var search = new PlanGroups(trial);
        do
            AcceptAlone(trial, open, refusals, groups);
        while (search.TryAccept([.. open.Where(step => PlanRules.CanBeHelped(refusals[step.Index]))], open, groups));
        foreach (var step in open)
            stale.Add(step.Index, (trial.Alone(step, out _) ?? refusals[step.Index]).Code);
        return new(groups.DrainToImmutable(), stale.ToImmutable(), trial.States);
    }

    private static void AcceptAlone(
        PlanTrial trial, List<PlanStep> open, Dictionary<int, Refusal> refusals, ImmutableArray<ImmutableArray<AppliedEntry>>.Builder groups)
    {
        bool hasFreed;
        do
        {
            hasFreed = false;
            for (var i = 0; i < open.Count; i++)
            {
                PlanFit? fit = null;
                if ((trial.HasRoom(open[i]) ? trial.Alone(open[i], out fit) : _noSeats) is { } refusal)
                {
                    refusals[open[i].Index] = refusal;
                    continue;
                }

                trial.Accept(fit!);
                groups.Add(fit!.Applied);
                hasFreed |= open[i].Own is not null;
                open.RemoveAt(i--);
            }
        }
        while (hasFreed);
    }

    /// <summary>The entries whose request or booking is as the plan saw it. The others are stale.</summary>
    private static List<PlanStep> Open(PlanBasis basis, ImmutableArray<PlanEntry> entries, ImmutableSortedDictionary<int, string>.Builder stale)
    {
        var open = new List<PlanStep>(entries.Length);
        var moved = new HashSet<BookingId>();
        var placed = new Dictionary<RequestId, long>();
        for (var i = 0; i < entries.Length; i++)
        {
            var state = basis.States.GetValueOrDefault(entries[i].Institution);
            if (state is null || !basis.Catalogue.Institutions.TryGetValue(entries[i].Institution, out var institution))
                stale.Add(i, StaleReason.Unknown);
            else if (entries[i] is PlanEntry.Move move && IsAsSeen(state, move, out var booking)
                && IsAllowed(basis, state, institution.Value, move, booking) && moved.Add(booking.Id))
                open.Add(new(i, move, booking, booking.Sitting.Terms));
            else if (entries[i] is PlanEntry.Placement placement && IsAsSeen(state, placement, placed)
                && IsAllowed(basis, institution.Value, placement, state.Requests[placement.Request], out var terms))
                open.Add(new(i, placement, null, terms));
            else
                stale.Add(i, StaleReason.Changed);
        }

        return open;
    }

    private static bool IsAsSeen(InstitutionState state, PlanEntry.Move move, out Booking booking) =>
        state.Bookings.TryGetValue(move.Booking, out booking!) && booking.Version == move.Version && booking.Sitting.Start == move.From;

    /// <summary>
    /// Whether the booking's request is as the plan saw it and a window of it still allows the move (R11). An entry of an earlier version of the server does
    /// not name the request; then the request is looked for among those that wait.
    /// </summary>
    private static bool IsAllowed(PlanBasis basis, InstitutionState state, Institution institution, PlanEntry.Move move, Booking booking)
    {
        var request = move.Request is { } id
            ? basis.Requests.GetValueOrDefault(id)
            : state.Requests.Values.FirstOrDefault(one => one.PlacedSeats > 0 && one.Bookings.Contains(booking.Id));
        if (request is null)
            return move.Request is null;
        return (move.Request is null || request.Version == move.RequestVersion)
            && PlanRules.IsInWindows(request, booking.Sitting.Pool, move.To, booking.Sitting.Profile.Slots, institution, basis.Catalogue);
    }

    /// <summary>
    /// Whether a window of the request still allows the placement: the exam may have become longer since the plan was made. An exam or a pool that is not
    /// there any more is refused by the rules of a booking, which say so.
    /// </summary>
    private static bool IsAllowed(PlanBasis basis, Institution institution, PlanEntry.Placement placement, Request request, out ExamTerms? terms)
    {
        terms = basis.Catalogue.Exams.TryGetValue(request.Exam, out var exam) ? ExamTerms.Of(exam.Value) : null;
        if (terms is null || !basis.Catalogue.Pools.ContainsKey(placement.Pool))
            return true;
        var slots = BlockLength.Profile(terms, placement.Seats, placement.Accommodations).Slots;
        return PlanRules.IsInWindows(request, placement.Pool, placement.Start, slots, institution, basis.Catalogue);
    }

    /// <summary>
    /// Whether the request is as the plan saw it. The parts of a request that is split have the same version, and together at most the seats that have no
    /// booking yet.
    /// </summary>
    private static bool IsAsSeen(InstitutionState state, PlanEntry.Placement placement, Dictionary<RequestId, long> placed)
    {
        if (!PlanRules.IsWhole(placement) || !state.Requests.TryGetValue(placement.Request, out var request) || request.Version != placement.Version)
            return false;
        var seats = placed.GetValueOrDefault(request.Id) + placement.Seats;
        if (!request.IsFlexible || seats > request.Seats - request.PlacedSeats)
            return false;
        placed[request.Id] = seats;
        return true;
    }
}
