using System.Diagnostics;

namespace Scheduler.Domain;

/// <summary>One entry of a plan with what it rests on, while a plan's application is decided.</summary>
/// <param name="Index">The entry's place in the list.</param>
/// <param name="Entry">The entry.</param>
/// <param name="Own">The booking that moves; null for a placement.</param>
internal sealed record PlanStep(int Index, PlanEntry Entry, Booking? Own)
{
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
}
