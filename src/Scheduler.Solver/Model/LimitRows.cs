using NodaTime;

namespace Scheduler.Solver;

/// <summary>The rows of the institutions' limits. Pools' grids may lie half an hour apart, so time is cut wherever a slot of any pool that the group
/// uses begins: with k different grids each slot covers k rows in succession. A limit that all its requests together cannot fill gets no rows.</summary>
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

/// <summary>One limit of one institution.</summary>
internal sealed class LimitGroup(int institution, InstitutionLimit limit, long[] grids, long slotTicks)
{
    public int Institution { get; } = institution;

    public InstitutionLimit Limit { get; } = limit;

    /// <summary>Rows per slot.</summary>
    public int Scale { get; } = grids.Length;

    public Timeline Rows { get; } = new();

    public int FirstRow { get; set; }

    /// <summary>The row step at which a slot of that grid begins.</summary>
    public long Step(long slot, long gridOffset) => (slot * Scale) + Array.BinarySearch(grids, gridOffset);

    /// <summary>First of the rows that a slot of that grid covers; −1 where they are not all there.</summary>
    public int FirstRowOf(long slot, long gridOffset) => Array.BinarySearch(grids, gridOffset) < 0 ? -1 : Rows.Row(Step(slot, gridOffset), Scale);

    /// <summary>The row that begins at an instant; −1 for none.</summary>
    public int RowOf(Instant start)
    {
        var ticks = start.ToUnixTimeTicks();
        var grid = ((ticks % slotTicks) + slotTicks) % slotTicks;
        return Array.BinarySearch(grids, grid) < 0 ? -1 : Rows.Row(Step((ticks - grid) / slotTicks, grid), 1);
    }

    public Instant StartOf(int row)
    {
        var step = Rows.Step(row);
        var slot = Math.DivRem(step, Scale, out var part);
        if (part < 0)
            (slot, part) = (slot - 1, part + Scale);
        return Instant.FromUnixTimeTicks((slot * slotTicks) + grids[part]);
    }
}
