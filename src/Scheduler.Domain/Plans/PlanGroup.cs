using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>Some entries of a plan that are assumed to be applied together.</summary>
internal sealed class PlanGroup
{
    private readonly PlanTrial _trial;
    private readonly SortedDictionary<int, PlanStep> _steps = [];
    private readonly Dictionary<InstitutionId, SortedDictionary<int, PlanStep>> _own = [];
    private readonly Dictionary<InstitutionId, PlanFit> _fits = [];

    // The institutions without a fit, each with its first entry.
    private readonly SortedSet<(int First, InstitutionId Institution)> _open = [];
    private readonly Dictionary<SlotHour, (int Net, int Adders)> _slots = [];
    private readonly SortedSet<SlotHour> _full = [];

    // Only a group from which entries are dropped has this order.
    private PlanNeeds? _needs;

    public PlanGroup(PlanTrial trial, IEnumerable<PlanStep> steps)
    {
        _trial = trial;
        foreach (var step in steps)
        {
            _steps.Add(step.Index, step);
            if (!_own.TryGetValue(step.Institution, out var own))
                _own.Add(step.Institution, own = []);
            own.Add(step.Index, step);
            Count(step, 1);
        }

        foreach (var (institution, own) in _own)
            _open.Add((own.Keys.First(), institution));
    }

    public bool IsEmpty => _steps.Count == 0;

    public IEnumerable<PlanStep> Steps => _steps.Values;

    public bool Contains(PlanStep step) => _steps.ContainsKey(step.Index);

    /// <summary>The group with one more entry.</summary>
    public PlanGroup With(PlanStep step) => new(_trial, [.. Steps, step]);

    /// <summary>The entries by institution, as they would be applied. The group must break nothing.</summary>
    public ImmutableArray<PlanFit> Fits() => [.. _fits.OrderBy(pair => pair.Key).Select(pair => pair.Value)];

    /// <summary>
    /// While the group breaks a slot or a rule, drops one entry: of a rule the entry that is refused, of slots the entry after whose drop the fewest seats are
    /// missing; of equal ones the last. A drop costs time only for the entries that share a slot or the institution with the dropped entry.
    /// </summary>
    public void DropUntilWhole()
    {
        while (Broken() is { } broken)
            Drop(broken is PlanBreak.Rule(var refused, _) ? refused : LeastNeeded());
    }

    /// <summary>What the group breaks first: a slot, or the rules of an institution in the order of the entries. Null when it breaks nothing.</summary>
    public PlanBreak? Broken()
    {
        if (_full.Count > 0)
            return new PlanBreak.Seats(_full.Min);
        while (_open.Count > 0)
        {
            var next = _open.Min;
            var fit = _trial.Rules([.. _own[next.Institution].Values]);
            if (fit.Refused is { } refused)
                return new PlanBreak.Rule(refused.Step, refused.Why);
            _open.Remove(next);
            _fits.Add(next.Institution, fit);
        }

        return null;
    }

    private void Drop(PlanStep step)
    {
        var own = _own[step.Institution];
        if (!_fits.Remove(step.Institution))
            _open.Remove((own.Keys.First(), step.Institution));
        _steps.Remove(step.Index);
        own.Remove(step.Index);
        if (own.Count > 0)
            _open.Add((own.Keys.First(), step.Institution));
        Count(step, -1);
        _needs?.Drop(step);
    }

    private PlanStep LeastNeeded() => _steps[(_needs ??= new(Steps, Need)).Least];

    /// <summary>
    /// By how many the missing seats change when the entry is dropped, fewer being negative; null for an entry that adds no seats to a slot with too few.
    /// </summary>
    private long? Need(PlanStep step)
    {
        if (!step.Seats.Any(pair => pair.Value > 0 && _full.Contains(pair.Key)))
            return null;
        long change = 0;
        foreach (var (slot, added) in step.Seats)
        {
            var (net, adders) = _slots[slot];
            change += Excess(slot, net - added, adders - (added > 0 ? 1 : 0)) - Excess(slot, net, adders);
        }

        return change;
    }

    /// <summary>Seats missing in a slot. A slot to which no entry adds seats lacks none: what is over a lowered capacity already stays.</summary>
    private long Excess(SlotHour slot, int net, int adders) => adders == 0 ? 0 : Math.Max(0L, (long)net - _trial.Figures(slot).Free);

    private void Count(PlanStep step, int sign)
    {
        foreach (var (slot, added) in step.Seats)
        {
            var (net, adders) = _slots.GetValueOrDefault(slot);
            (net, adders) = (net + (sign * added), adders + (added > 0 ? sign : 0));
            _slots[slot] = (net, adders);
            if (Excess(slot, net, adders) > 0)
                _full.Add(slot);
            else
                _full.Remove(slot);
        }
    }
}
