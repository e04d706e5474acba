namespace Scheduler.Solver;

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

    /// <summary>Adds seats to the slot with that start, which is probably number <paramref name="guess"/>. Returns its number.</summary>
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

    /// <summary>The slots with more seats than capacity: start, seats above capacity, and seats that are new there.</summary>
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
