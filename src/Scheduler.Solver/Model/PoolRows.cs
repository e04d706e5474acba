using NodaTime;

namespace Scheduler.Solver;

/// <summary>The rows of the pools' slots.</summary>
internal sealed class PoolRows(Instance instance)
{
    private readonly Dictionary<string, Named> _index = instance.Pools.Select((pool, index) => new Named(pool.Id, index)).ToDictionary(pool => pool.Id);
    private readonly long _slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
    private readonly long?[] _offset = [.. instance.Pools.Select(pool => pool.Slots.Count == 0 ? (long?)null : Offset(pool.Slots[0].Start, instance))];
    private Named _lastFound = new("", -1);

    public Timeline[] Timelines { get; } = [.. instance.Pools.Select(_ => new Timeline())];

    /// <summary>First row of each pool, and the number of rows at the end.</summary>
    public int[] FirstRow { get; } = new int[instance.Pools.Count + 1];

    public int Index(string pool)
    {
        // Read once: other threads may replace the object meanwhile.
        var last = _lastFound;
        if (!ReferenceEquals(pool, last.Id))
            _lastFound = last = _index[pool];
        return last.Index;
    }

    /// <summary>Position of a pool; −1 when there is none of that id.</summary>
    public int Find(string pool) => _index.TryGetValue(pool, out var found) ? found.Index : -1;

    /// <summary>The number of the slot on its pool's grid.</summary>
    public long Step(int pool, Instant start)
    {
        _offset[pool] ??= Offset(start, instance);
        var ticks = start.ToUnixTimeTicks() - _offset[pool]!.Value;
        return Math.DivRem(ticks, _slot, out var rest) - (rest < 0 ? 1 : 0);
    }

    /// <summary>Gives each pool without slots the grid of the first candidate that names it. Call this before several threads read the rows.</summary>
    public void InferGrids(Request[] requests)
    {
        if (Array.TrueForAll(_offset, offset => offset is not null))
            return;
        foreach (var request in requests)
        {
            foreach (ref readonly var candidate in CandidateSpan.Of(request))
                Step(Index(candidate.Pool), candidate.Start);
        }
    }

    /// <summary>Ticks by which the pool's grid lies after whole multiples of the slot's length.</summary>
    public long GridOffset(int pool) => _offset[pool] ?? 0;

    public int PoolOf(int row)
    {
        var found = Array.BinarySearch(FirstRow, row);
        if (found < 0)
            return ~found - 1;
        while (FirstRow[found + 1] == row)
            found++;
        return found;
    }

    public Instant StartOf(int row)
    {
        var pool = PoolOf(row);
        return Instant.FromUnixTimeTicks((Timelines[pool].Step(row) * _slot) + GridOffset(pool));
    }

    private sealed record Named(string Id, int Index);

    private static long Offset(Instant start, Instance instance)
    {
        var slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        return ((start.ToUnixTimeTicks() % slot) + slot) % slot;
    }
}
