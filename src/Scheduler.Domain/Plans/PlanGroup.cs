using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>Some entries of a plan that are assumed to be applied together.</summary>
internal sealed class PlanGroup
{
    private readonly PlanTrial _trial;
    private readonly SortedDictionary<int, PlanStep> _steps = [];
    private readonly Dictionary<InstitutionId, PlanFit> _fits = [];
    private readonly SortedDictionary<SlotHour, (int Net, int Adders)> _slots = [];

    public PlanGroup(PlanTrial trial, IEnumerable<PlanStep> steps)
    {
        _trial = trial;
        foreach (var step in steps)
        {
            _steps.Add(step.Index, step);
            Count(step, 1);
        }
    }

    public bool IsEmpty => _steps.Count == 0;

    public IEnumerable<PlanStep> Steps => _steps.Values;

    public bool Contains(PlanStep step) => _steps.ContainsKey(step.Index);

    /// <summary>The group with one more entry.</summary>
    public PlanGroup With(PlanStep step) => new(_trial, [.. Steps, step]);

    /// <summary>The entries by institution, as they would be applied. The group must break nothing.</summary>
    public ImmutableArray<PlanFit> Fits() => [.. _fits.OrderBy(pair => pair.Key).Select(pair => pair.Value)];

    public void Drop(PlanStep step)
    {
        _steps.Remove(step.Index);
        _fits.Remove(step.Institution);
        Count(step, -1);
    }

    /// <summary>What the group breaks first: a slot, or the rules of an institution in the order of the entries. Null when it breaks nothing.</summary>
    public PlanBreak? Broken()
    {
        foreach (var (slot, (net, adders)) in _slots)
        {
            if (Excess(slot, net, adders) > 0)
                return new PlanBreak.Seats(slot);
        }

        foreach (var own in Steps.Where(step => !_fits.ContainsKey(step.Institution)).GroupBy(step => step.Institution).ToList())
        {
            var fit = _trial.Rules([.. own]);
            if (fit.Refused is { } refused)
                return new PlanBreak.Rule(refused.Step, refused.Why);
            _fits.Add(own.Key, fit);
        }

        return null;
    }

    /// <summary>
    /// Of the entries that add seats to a slot with too few, the entry after whose drop the fewest seats are missing; of equal ones the last.
    /// </summary>
    public PlanStep LeastNeeded()
    {
        PlanStep? least = null;
        var missing = long.MaxValue;
        foreach (var step in Steps)
        {
            if (!step.Seats.Any(pair => pair.Value > 0 && Excess(pair.Key, _slots[pair.Key].Net, _slots[pair.Key].Adders) > 0))
                continue;
            long change = 0;
            foreach (var (slot, added) in step.Seats)
            {
                var (net, adders) = _slots[slot];
                change += Excess(slot, net - added, adders - (added > 0 ? 1 : 0)) - Excess(slot, net, adders);
            }

            if (change <= missing)
                (least, missing) = (step, change);
        }

        return least!;
    }

    /// <summary>Seats missing in a slot. A slot to which no entry adds seats lacks none: what is over a lowered capacity already stays.</summary>
    private long Excess(SlotHour slot, int net, int adders) => adders == 0 ? 0 : Math.Max(0L, (long)net - _trial.Figures(slot).Free);

    private void Count(PlanStep step, int sign)
    {
        foreach (var (slot, added) in step.Seats)
        {
            var (net, adders) = _slots.GetValueOrDefault(slot);
            _slots[slot] = (net + (sign * added), adders + (added > 0 ? sign : 0));
        }
    }
}
