using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>
/// The institutions and slots while a plan's application is decided: as they are now, with the entries that were accepted so far. The state is valid after
/// every accepted group.
/// </summary>
internal sealed class PlanTrial(PlanBasis basis, OperatorAct act, Func<BookingId> newId)
{
    private readonly Dictionary<InstitutionId, InstitutionState> _states = new(basis.States);
    private readonly Dictionary<SlotHour, int> _added = [];

    public IReadOnlyDictionary<InstitutionId, InstitutionState> States => _states;

    /// <summary>Why the entry cannot be applied alone; null when it can, as <paramref name="fit"/> says.</summary>
    public Refusal? Alone(PlanStep step, out PlanFit fit)
    {
        fit = Rules([step]);
        if (fit.Refused is { } refused)
            return refused.Why;
        var sitting = fit.Applied[0].Booking.Sitting;
        Span<SlotFigures> slots = stackalloc SlotFigures[sitting.Profile.Slots];
        for (var k = 0; k < slots.Length; k++)
            slots[k] = Figures(sitting.Slot(k));
        return BlockRules.Room(sitting, step.Own?.Sitting, slots);
    }

    /// <summary>
    /// Whether some entries of one institution keep its rules together: first the bookings that move go, then the entries are decided one after the other.
    /// </summary>
    public PlanFit Rules(IReadOnlyList<PlanStep> steps)
    {
        var institution = basis.Catalogue.Institutions[steps[0].Institution].Value;
        var state = _states[steps[0].Institution];
        foreach (var step in steps)
        {
            if (step.Own is { } own)
                state = state.Without(own);
        }

        var applied = ImmutableArray.CreateBuilder<AppliedEntry>(steps.Count);
        foreach (var step in steps)
        {
            if (step.Decide(state, institution, basis, act, newId, out state, out var refusal) is not { } entry)
                return new(steps, [], state, (step, refusal!));
            applied.Add(entry);
        }

        return new(steps, applied.DrainToImmutable(), state, null);
    }

    /// <summary>Accepts entries of one institution that keep its rules and find their seats.</summary>
    public void Accept(PlanFit fit)
    {
        _states[fit.Steps[0].Institution] = fit.State;
        foreach (var step in fit.Steps)
        {
            foreach (var (slot, seats) in step.Seats)
                _added[slot] = _added.GetValueOrDefault(slot) + seats;
        }
    }

    /// <summary>
    /// Whether each slot to which the entry adds seats has enough. The look is much cheaper than a decision, and most entries that wait for others lack seats.
    /// </summary>
    public bool HasRoom(PlanStep step)
    {
        foreach (var (slot, seats) in step.Seats)
        {
            if (seats > 0 && seats > Figures(slot).Free)
                return false;
        }

        return true;
    }

    /// <summary>The figures of a slot with the accepted entries.</summary>
    public SlotFigures Figures(SlotHour slot)
    {
        var figures = basis.Slots.GetValueOrDefault(slot);
        return figures with { Free = figures.Free - _added.GetValueOrDefault(slot) };
    }
}
