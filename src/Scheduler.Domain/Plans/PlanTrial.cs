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
                return new([], state, (step, refusal!));
            applied.Add(entry);
        }

        return new(applied.DrainToImmutable(), state, null);
    }

    /// <summary>Accepts entries of one institution that keep its rules and find their seats.</summary>
    public void Accept(PlanFit fit)
    {
        _states[fit.Applied[0].Booking.Sitting.Institution] = fit.State;
        foreach (var entry in fit.Applied)
        {
            foreach (var (slot, seats) in Seats(entry))
                _added[slot] = _added.GetValueOrDefault(slot) + seats;
        }
    }

    /// <summary>The figures of a slot with the accepted entries.</summary>
    public SlotFigures Figures(SlotHour slot)
    {
        var figures = basis.Slots.GetValueOrDefault(slot);
        return figures with { Free = figures.Free - _added.GetValueOrDefault(slot) };
    }

    /// <summary>The seats that an entry adds to each of its slots; negative where it frees seats, and 0 where it keeps them.</summary>
    public static Dictionary<SlotHour, int> Seats(AppliedEntry entry)
    {
        var seats = new Dictionary<SlotHour, int>();
        Add(seats, entry.Booking.Sitting, 1);
        if (entry is AppliedEntry.Moved { Before: var before })
            Add(seats, before.Sitting, -1);
        return seats;
    }

    private static void Add(Dictionary<SlotHour, int> seats, Sitting sitting, int sign)
    {
        for (var k = 0; k < sitting.Profile.Slots; k++)
            seats[sitting.Slot(k)] = seats.GetValueOrDefault(sitting.Slot(k)) + (sign * sitting.Profile[k]);
    }
}
