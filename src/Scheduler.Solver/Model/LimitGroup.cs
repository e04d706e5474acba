using NodaTime;

namespace Scheduler.Solver;

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

    /// <summary>The first row that a slot of that grid covers; −1 when a row is missing.</summary>
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
