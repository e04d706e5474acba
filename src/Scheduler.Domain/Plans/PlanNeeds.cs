namespace Scheduler.Domain;

/// <summary>
/// Orders the entries of a group by how little they are needed. After a drop, only the entries that share a slot with the dropped entry are looked at again.
/// </summary>
internal sealed class PlanNeeds
{
    private readonly Func<PlanStep, long?> _need;
    private readonly Dictionary<int, long> _known = [];

    // Of equal needs the last entry comes first, so the places are negative.
    private readonly SortedSet<(long Need, int Place)> _order = [];
    private readonly Dictionary<SlotHour, Dictionary<int, PlanStep>> _bySlot = [];

    /// <summary>Orders the entries.</summary>
    /// <param name="steps">The entries of the group.</param>
    /// <param name="need">By how many the missing seats change when an entry is dropped; null for an entry that is not to be dropped.</param>
    public PlanNeeds(IEnumerable<PlanStep> steps, Func<PlanStep, long?> need)
    {
        _need = need;
        foreach (var step in steps)
        {
            foreach (var slot in step.Seats.Keys)
            {
                if (!_bySlot.TryGetValue(slot, out var sharing))
                    _bySlot.Add(slot, sharing = []);
                sharing.Add(step.Index, step);
            }

            Look(step);
        }
    }

    /// <summary>The index of the entry that is needed least; of equal ones the last.</summary>
    public int Least => -_order.Min.Place;

    /// <summary>Follows the drop of an entry from the group.</summary>
    public void Drop(PlanStep step)
    {
        Forget(step);
        foreach (var slot in step.Seats.Keys)
            _bySlot[slot].Remove(step.Index);
        foreach (var slot in step.Seats.Keys)
        {
            foreach (var sharing in _bySlot[slot].Values)
                Look(sharing);
        }
    }

    private void Look(PlanStep step)
    {
        Forget(step);
        if (_need(step) is not { } need)
            return;
        _known.Add(step.Index, need);
        _order.Add((need, -step.Index));
    }

    private void Forget(PlanStep step)
    {
        if (_known.Remove(step.Index, out var need))
            _order.Remove((need, -step.Index));
    }
}
