using NodaTime;

namespace Scheduler.Solver;

/// <summary>Seats per slot of every pool. Rows may be added from several threads: whole numbers add up the same in any order.</summary>
internal sealed class SlotSums
{
    private readonly Dictionary<string, PoolSums> _pools = [];
    private readonly long _slot;

    public SlotSums(Instance instance)
    {
        _slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        foreach (var pool in instance.Pools)
            _pools.Add(pool.Id, new PoolSums(pool));
    }

    public PoolSums Of(string pool) => _pools[pool];

    /// <summary>Adds what a row takes of its candidate's slots; <paramref name="isNew"/> for what does not sit there today.</summary>
    public void Add(PoolSums pool, in Candidate candidate, int seats, int size, bool isNew)
    {
        var (whole, start) = (candidate.Seats, candidate.Start.ToUnixTimeTicks());
        var at = -1;
        for (var k = 0; k < whole.Count; k++)
        {
            var amount = PlanChecker.Amount(whole[k], seats, size);
            if (amount != 0)
                at = pool.Add(start + (k * _slot), at + 1, amount, isNew);
        }
    }

    public void Judge(ShortfallRows listed, FaultList faults)
    {
        foreach (var (id, pool) in _pools)
        {
            foreach (var (start, over, fresh) in pool.Overfull())
            {
                var at = Instant.FromUnixTimeTicks(start);
                if (fresh > 0)
                    faults.Add($"pool {id} at {at}: {over} seats too many");
                if (listed.Take(id, null, row => row.Start == at && row.Seats == over) != 1)
                    faults.Add($"pool {id} at {at}: {over} seats too many, not listed as a shortfall");
            }
        }
    }
}

/// <summary>Seats per slot of one pool. A slot that it does not list has no capacity.</summary>
internal sealed class PoolSums
{
    private readonly long[] _starts;
    private readonly int[] _capacity;
    private readonly long[] _seats;
    private readonly long[] _stays;
    private readonly SortedDictionary<long, (long Seats, long Stays)> _unlisted = [];

    public PoolSums(Pool pool)
    {
        (_starts, _capacity) = (new long[pool.Slots.Count], new int[pool.Slots.Count]);
        for (var at = 0; at < _starts.Length; at++)
            (_starts[at], _capacity[at]) = (pool.Slots[at].Start.ToUnixTimeTicks(), pool.Slots[at].Capacity);
        Array.Sort(_starts, _capacity);
        (_seats, _stays) = (new long[_starts.Length], new long[_starts.Length]);
    }

    /// <summary>Adds to the slot that begins then, which may be number <paramref name="guess"/>; returns its number.</summary>
    public int Add(long start, int guess, long seats, bool isNew)
    {
        var at = (uint)guess < (uint)_starts.Length && _starts[guess] == start ? guess : Array.BinarySearch(_starts, start);
        if (at >= 0)
        {
            Interlocked.Add(ref _seats[at], seats);
            if (!isNew)
                Interlocked.Add(ref _stays[at], seats);
            return at;
        }
        lock (_unlisted)
        {
            var sum = _unlisted.GetValueOrDefault(start);
            _unlisted[start] = (sum.Seats + seats, sum.Stays + (isNew ? 0 : seats));
        }
        return ~at - 1;
    }

    public long Room(long start) =>
        Array.BinarySearch(_starts, start) is >= 0 and var at ? _capacity[at] - _seats[at] : -_unlisted.GetValueOrDefault(start).Seats;

    /// <summary>Slots with more seats than capacity: when, by how many, and how many seats do not sit there today.</summary>
    public IEnumerable<(long Start, long Over, long Fresh)> Overfull()
    {
        for (var at = 0; at < _starts.Length; at++)
        {
            if (_seats[at] > _capacity[at])
                yield return (_starts[at], _seats[at] - _capacity[at], _seats[at] - _stays[at]);
        }
        foreach (var (start, sum) in _unlisted)
        {
            if (sum.Seats > 0)
                yield return (start, sum.Seats, sum.Seats - sum.Stays);
        }
    }
}

/// <summary>The shortfalls that a plan lists, each to be found once.</summary>
internal sealed class ShortfallRows(IReadOnlyList<Shortfall> rows)
{
    private readonly ILookup<(string?, string?), int> _index = Enumerable.Range(0, rows.Count).ToLookup(at => (rows[at].Pool, rows[at].Institution));
    private readonly bool[] _found = new bool[rows.Count];

    /// <summary>Marks the rows of a pool or an institution that are so; how many there are.</summary>
    public int Take(string? pool, string? institution, Func<Shortfall, bool> isSo)
    {
        var count = 0;
        foreach (var at in _index[(pool, institution)])
        {
            if (_found[at] || !isSo(rows[at]))
                continue;
            _found[at] = true;
            count++;
        }
        return count;
    }

    public IEnumerable<Shortfall> Left => rows.Where((_, at) => !_found[at]);
}
