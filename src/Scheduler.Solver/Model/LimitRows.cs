namespace Scheduler.Solver;

/// <summary>The rows of the institutions' limits. The grids of pools may differ by half an hour, so a new row begins wherever a slot of any pool of the group
/// begins. With k different grids each slot covers k consecutive rows. A limit that all its requests together cannot fill gets no rows.</summary>
internal sealed class LimitRows
{
    private readonly List<LimitGroup> _groups = [];

    public IReadOnlyList<LimitGroup> Groups => _groups;

    public LimitGroup? Find(int row)
    {
        var (low, high) = (0, _groups.Count - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            if (row < _groups[middle].FirstRow)
                high = middle - 1;
            else if (row >= _groups[middle].FirstRow + _groups[middle].Rows.Rows)
                low = middle + 1;
            else
                return _groups[middle];
        }
        return null;
    }

    public void Add(LimitGroup group) => _groups.Add(group);
}
