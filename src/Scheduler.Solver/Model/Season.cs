using NodaTime;

namespace Scheduler.Solver;

/// <summary>An instance with its option table and the way back from rows to pools, limits and instants.
/// Requests keep their positions; one that is fixed has no options in the table, its seats are off the capacity.</summary>
internal sealed class Season
{
    public required Instance Instance { get; init; }

    public required OptionTable Table { get; init; }

    public required PoolRows Pools { get; init; }

    public required LimitRows Limits { get; init; }

    /// <summary>True for requests that stay exactly where they are.</summary>
    public required bool[] Fixed { get; init; }

    /// <summary>Net value of what is fixed.</summary>
    public required double FixedValue { get; init; }

    /// <summary>Capacity of each row before anything fixed.</summary>
    public required long[] FullCapacity { get; init; }

    /// <summary>Seats that are fixed in each row.</summary>
    public required long[] FixedSeats { get; init; }
}

/// <summary>The rows of the pools' slots.</summary>
internal sealed class PoolRows(Instance instance)
{
    private readonly Dictionary<string, Named> _index = instance.Pools.Select((pool, index) => new Named(pool.Id, index)).ToDictionary(pool => pool.Id);
    private readonly long _slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
    private readonly long?[] _offset = [.. instance.Pools.Select(pool => pool.Slots.Count == 0 ? (long?)null : Offset(pool.Slots[0].Start, instance))];
    private Named _last = new("", -1);

    public Timeline[] Timelines { get; } = [.. instance.Pools.Select(_ => new Timeline())];

    /// <summary>First row of each pool, and the number of rows at the end.</summary>
    public int[] FirstRow { get; } = new int[instance.Pools.Count + 1];

    public int Index(string pool)
    {
        // One object, for other threads may put theirs in its place meanwhile.
        var last = _last;
        if (!ReferenceEquals(pool, last.Id))
            _last = last = _index[pool];
        return last.Index;
    }

    /// <summary>Position of a pool; −1 when there is none of that id.</summary>
    public int Find(string pool) => _index.TryGetValue(pool, out var found) ? found.Index : -1;

    /// <summary>Number of the slot on its pool's grid.</summary>
    public long Step(int pool, Instant start)
    {
        _offset[pool] ??= Offset(start, instance);
        var ticks = start.ToUnixTimeTicks() - _offset[pool]!.Value;
        return Math.DivRem(ticks, _slot, out var rest) - (rest < 0 ? 1 : 0);
    }

    /// <summary>Gives pools without slots the grid of the first candidate that names them: from then on every question may be asked from any thread.</summary>
    public void Settle(Request[] requests)
    {
        if (Array.TrueForAll(_offset, offset => offset is not null))
            return;
        foreach (var request in requests)
        {
            foreach (ref readonly var candidate in CandidateSpan.Of(request))
                Step(Index(candidate.Pool), candidate.Start);
        }
    }

    /// <summary>Ticks of the pool's grid after a whole multiple of the slot's length.</summary>
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

/// <summary>Finds the rows of many candidates in turn: neighbours are mostly of one pool and one day.</summary>
internal struct PoolCursor(PoolRows pools)
{
    private string? _id;
    private int _pool;
    private int _guess;

    /// <summary>First row of so many slots, which begin so many after the candidate's start; −1 when not all are there.</summary>
    public int Row(in Candidate candidate, int lead, int span)
    {
        if (!ReferenceEquals(candidate.Pool, _id))
            (_id, _pool, _guess) = (candidate.Pool, pools.Index(candidate.Pool), 0);
        return pools.Timelines[_pool].Row(pools.Step(_pool, candidate.Start) + lead, span, ref _guess);
    }
}
