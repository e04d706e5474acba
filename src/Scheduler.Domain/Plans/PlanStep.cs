using System.Diagnostics;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>One entry of a plan with what it rests on, while a plan's application is decided.</summary>
/// <param name="Index">The entry's place in the list.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Own">The booking that moves; null for a placement.</param>
/// <param name="Terms">The terms of the booking, or of the exam as the exam is now; null when the catalogue does not have the exam.</param>
internal sealed record PlanStep(int Index, PlanEntry Entry, Booking? Own, ExamTerms? Terms)
{
    private Dictionary<SlotHour, int>? _seats;

    /// <summary>The seats that the entry adds to each of its slots; negative where it frees seats, and 0 where it keeps them.</summary>
    public IReadOnlyDictionary<SlotHour, int> Seats => _seats ??= Added();

    public InstitutionId Institution => Entry.Institution;

    /// <summary>The slots in which the entry frees the seats of its booking, all or some of them.</summary>
    public IEnumerable<SlotHour> Left() => Own is { Sitting: var sitting } ? Enumerable.Range(0, sitting.Profile.Slots).Select(sitting.Slot) : [];

    /// <summary>
    /// Decides the entry by the rules of its institution. <paramref name="state"/> does not contain the booking that moves. <paramref name="next"/> is the
    /// state with the entry applied.
    /// </summary>
    public AppliedEntry? Decide(
        InstitutionState state, Institution institution, PlanBasis basis, OperatorAct act, Func<BookingId> newId, out InstitutionState next,
        out Refusal? refusal)
    {
        var on = new DecisionBasis(institution, state, basis.Catalogue, basis.Now);
        var request = Entry is PlanEntry.Placement { Request: var id } ? state.Requests[id] : null;
        var decision = Entry switch
        {
            PlanEntry.Placement placement => PlanRules.Place(request!, placement, on),
            PlanEntry.Move move => PlanRules.Move(Own!, move, on),
            _ => throw new UnreachableException(),
        };
        (next, refusal) = (state, null);
        if (decision is not Decision.Accepted { Draft: var draft })
        {
            refusal = ((Decision.Refused)decision).Why;
            return null;
        }

        if (request is null)
        {
            var moved = Own! with { Sitting = draft.Sitting, Version = Own.Version + 1, OperatorAct = act };
            next = state.With(moved);
            return new AppliedEntry.Moved(Own) { Index = Index, Booking = moved };
        }

        var booking = new Booking { Id = newId(), Sitting = draft.Sitting, Overseen = draft.Overseen };
        var after = PlanRules.Placed(request, booking);
        var booked = state.With(booking);
        next = after.Status == RequestStatus.Placed ? booked.Without(request.Id) : booked.With(after);
        return new AppliedEntry.Placed(request, after) { Index = Index, Booking = booking };
    }

    private Dictionary<SlotHour, int> Added()
    {
        var seats = new Dictionary<SlotHour, int>();
        if (Own is { Sitting: var own })
            Add(seats, own.Pool, own.Start, own.Profile, -1);
        if (Terms is null)
            return seats;
        if (Entry is PlanEntry.Placement placement)
            Add(seats, placement.Pool, placement.Start, BlockLength.Profile(Terms, placement.Seats, placement.Accommodations), 1);
        else if (Entry is PlanEntry.Move move)
            Add(seats, Own!.Sitting.Pool, move.To, BlockLength.Profile(Terms, Own.Sitting.Seats, Own.Sitting.Accommodations), 1);
        return seats;
    }

    private static void Add(Dictionary<SlotHour, int> seats, PoolId pool, Instant start, SeatProfile profile, int sign)
    {
        for (var k = 0; k < profile.Slots; k++)
        {
            var slot = new SlotHour(pool, SlotMinutes.Of(start) + (k * SlotHour.LengthMinutes));
            seats[slot] = seats.GetValueOrDefault(slot) + (sign * profile[k]);
        }
    }
}
