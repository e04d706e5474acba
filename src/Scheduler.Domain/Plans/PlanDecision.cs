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
            else if (entries[i] is PlanEntry.Placement placement && IsAsSeen(state, placement, placed))
                open.Add(new(i, placement, null, TermsOf(state.Requests[placement.Request].Exam, basis.Catalogue)));
            else
                stale.Add(i, StaleReason.Changed);
        }

        return open;
    }

    private static ExamTerms? TermsOf(ExamId exam, Catalogue catalogue) =>
        catalogue.Exams.TryGetValue(exam, out var known) ? ExamTerms.Of(known.Value) : null;

    private static bool IsAsSeen(InstitutionState state, PlanEntry.Move move, out Booking booking) =>
        state.Bookings.TryGetValue(move.Booking, out booking!) && booking.Version == move.Version && booking.Sitting.Start == move.From;

    /// <summary>
    /// Whether the booking's request is as the plan saw it, so that its windows allow the move (R11). The windows of a request may have changed although the
    /// request waits no longer. An entry of an earlier version of the server does not name the request; then the windows of a request that waits are looked at.
    /// </summary>
    private static bool IsAllowed(PlanBasis basis, InstitutionState state, Institution institution, PlanEntry.Move move, Booking booking) =>
        move.Request is { } request
            ? basis.Requests.GetValueOrDefault(request) == move.RequestVersion
            : PlanRules.IsAllowed(move, booking, state, institution, basis.Catalogue);

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
