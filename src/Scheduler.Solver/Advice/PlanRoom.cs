using NodaTime;

namespace Scheduler.Solver;

/// <summary>The room that a plan leaves in the pools and in the limits of the institutions, added up from the rows of the plan.</summary>
internal sealed class PlanRoom
{
    private readonly Dictionary<string, int> _pools = [];
    private readonly Dictionary<(int Pool, long Start), long> _room = [];
    private readonly Dictionary<(string Institution, LimitKind Kind), OneLimit> _limits = [];
    private readonly ILookup<string, Assignment> _rows;

    public PlanRoom(Instance instance, Plan plan)
    {
        SlotTicks = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        _rows = plan.Assignments.ToLookup(row => row.Request);
        for (var pool = 0; pool < instance.Pools.Count; pool++)
        {
            _pools.Add(instance.Pools[pool].Id, pool);
            foreach (var slot in instance.Pools[pool].Slots)
                _room[(pool, slot.Start.ToUnixTimeTicks())] = slot.Capacity;
        }
        foreach (var institution in instance.Institutions)
        {
            foreach (var limit in institution.Limits)
                _limits[(institution.Id, limit.Kind)] = new OneLimit(limit.Capacity, SlotTicks);
        }
        foreach (var request in instance.Requests)
            Add(request, -1);
    }

    /// <summary>Length of a slot.</summary>
    public long SlotTicks { get; }

    /// <summary>The rows of a request in the plan.</summary>
    public IEnumerable<Assignment> RowsOf(string request) => _rows[request];

    /// <summary>Free seats of a slot; below 0 where it is overfull.</summary>
    public long Free(string pool, long start) => _room.GetValueOrDefault((_pools[pool], start));

    /// <summary>The limit that a request counts against; null for none.</summary>
    public OneLimit? LimitOf(Request request) =>
        request.Limit is { } kind && _limits.TryGetValue((request.Institution, kind), out var limit) ? limit : null;

    /// <summary>Takes the seats of the request out of the room (sign −1) or gives them back (1).</summary>
    public void Add(Request request, int sign)
    {
        var limit = LimitOf(request);
        var size = -1;
        foreach (var row in _rows[request.Id])
        {
            size = size < 0 ? SizeOf(request) : size;
            var candidate = request.Candidates[row.Candidate];
            for (var at = 0; at < candidate.Seats.Count; at++)
            {
                if (candidate.Seats[at] == 0)
                    continue;
                var (start, seats) = (candidate.Start.ToUnixTimeTicks() + (at * SlotTicks), OptionTable.PartAmount(candidate.Seats[at], row.Seats, size));
                var key = (_pools[candidate.Pool], start);
                _room[key] = _room.GetValueOrDefault(key) + (sign * seats);
                limit?.Add(start, -sign * seats);
            }
        }
    }

    /// <summary>Seats of the whole request.</summary>
    public static int SizeOf(Request request)
    {
        var (size, last) = (0, (IReadOnlyList<int>?)null);
        foreach (ref readonly var candidate in CandidateSpan.Of(request))
        {
            if (ReferenceEquals(candidate.Seats, last))
                continue;
            last = candidate.Seats;
            for (var at = 0; at < last.Count; at++)
                size = Math.Max(size, last[at]);
        }
        return size;
    }

    /// <summary>One limit of one institution, with the seats in use by start of their slot.</summary>
    internal sealed class OneLimit(int capacity, long slot)
    {
        private readonly SortedList<long, long> _seats = [];

        public void Add(long start, long seats) => _seats[start] = _seats.GetValueOrDefault(start) + seats;

        /// <summary>Seats left at an instant; below 0 where the limit is exceeded.</summary>
        public long FreeAt(long instant)
        {
            var used = 0L;
            foreach (var (start, seats) in From(instant - slot + 1))
            {
                if (start > instant)
                    break;
                used += seats;
            }
            return capacity - used;
        }

        /// <summary>The fewest seats left at any instant of the slot that begins at <paramref name="start"/>.</summary>
        public long FreeDuring(long start)
        {
            var least = FreeAt(start);
            foreach (var (edge, _) in From(start + 1))
            {
                if (edge >= start + slot)
                    break;
                least = Math.Min(least, FreeAt(edge));
            }
            return least;
        }

        /// <summary>The instants within the slot from <paramref name="start"/> at which a slot in use begins.</summary>
        public IEnumerable<long> Edges(long start) => From(start).Select(row => row.Start).TakeWhile(edge => edge < start + slot);

        private IEnumerable<(long Start, long Seats)> From(long start)
        {
            var (low, high) = (0, _seats.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                if (_seats.GetKeyAtIndex(middle) < start)
                    low = middle + 1;
                else
                    high = middle;
            }
            for (; low < _seats.Count; low++)
                yield return (_seats.GetKeyAtIndex(low), _seats.GetValueAtIndex(low));
        }
    }
}
