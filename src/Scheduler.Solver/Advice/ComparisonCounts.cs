using NodaTime;

namespace Scheduler.Solver;

/// <summary>Counts the seats of plans of one instance: in all, by institution and by slot.</summary>
internal sealed class ComparisonCounts
{
    private readonly Instance _instance;
    private readonly Dictionary<string, int> _requests = [];
    private readonly int[] _owner;
    private readonly int[] _size;
    private readonly Instant?[] _preferred;
    private readonly IReadOnlyList<long> _servable;

    public ComparisonCounts(Instance instance, CancellationToken cancel)
    {
        _instance = instance;
        var owners = instance.Institutions.Select((one, at) => (one.Id, at)).ToDictionary(one => one.Id, one => one.at);
        var count = instance.Requests.Count;
        (_owner, _size, _preferred) = (new int[count], new int[count], new Instant?[count]);
        for (var r = 0; r < count; r++)
        {
            var request = instance.Requests[r];
            _requests.Add(request.Id, r);
            (_owner[r], _size[r], _preferred[r]) = (owners[request.Institution], PlanRoom.SizeOf(request), Preferred(request));
        }
        _servable = new ServedRatios(Presolve.Run(instance), new StopSignal(null, cancel)).Seats;
    }

    /// <summary>Counts one plan.</summary>
    public Counted Of(IReadOnlyList<Assignment> rows)
    {
        var (served, moved) = (new long[_size.Length], new bool[_size.Length]);
        var (displaced, hours, longest) = (0L, 0.0, new double[_instance.Institutions.Count]);
        var slots = new Dictionary<(string Pool, Instant Start), long>();
        var length = Duration.FromMinutes(_instance.SlotMinutes);
        foreach (var row in rows)
        {
            var r = _requests[row.Request];
            var request = _instance.Requests[r];
            var candidate = request.Candidates[row.Candidate];
            served[r] += row.Seats;
            moved[r] |= request.Current is { } current && current.Candidate != row.Candidate;
            var distance = Math.Abs((candidate.Start - _preferred[r]!.Value).TotalHours);
            displaced += distance > 0 ? row.Seats : 0;
            hours += distance * row.Seats;
            longest[_owner[r]] = Math.Max(longest[_owner[r]], distance);
            for (var at = 0; at < candidate.Seats.Count; at++)
            {
                var amount = row.Seats == 0 ? 0 : OptionTable.PartAmount(candidate.Seats[at], row.Seats, _size[r]);
                var key = (candidate.Pool, candidate.Start + (length * at));
                if (amount > 0)
                    slots[key] = slots.GetValueOrDefault(key) + amount;
            }
        }
        var (byOwner, moves) = (new long[_instance.Institutions.Count], new int[_instance.Institutions.Count]);
        for (var r = 0; r < served.Length; r++)
        {
            byOwner[_owner[r]] += served[r];
            moves[_owner[r]] += moved[r] ? 1 : 0;
        }
        var full = Enumerable.Range(0, served.Length).Count(r => _size[r] > 0 && served[r] == _size[r]);
        var counts = new PlanCounts(
            served.Sum(), _size.Sum(size => (long)size), full, _size.Length, displaced, hours, moves.Sum(), Worst(byOwner));
        return new Counted(counts, byOwner, moves, slots, longest);
    }

    public IReadOnlyList<InstitutionComparison> Institutions(Counted today, Counted queue, Counted plan)
    {
        var asked = new long[_servable.Count];
        for (var r = 0; r < _size.Length; r++)
            asked[_owner[r]] += _size[r];
        return [.. Enumerable.Range(0, asked.Length).Where(owner => asked[owner] > 0).Select(owner => new InstitutionComparison(
            _instance.Institutions[owner].Id, asked[owner], _servable[owner], today.Seats[owner], queue.Seats[owner], plan.Seats[owner], plan.Moves[owner])
        { LongestDisplacement = plan.Longest[owner] })];
    }

    public IReadOnlyList<SlotLoad> Slots(Counted today, Counted queue, Counted plan)
    {
        var loads = new List<SlotLoad>();
        var used = today.Slots.Keys.Concat(queue.Slots.Keys).Concat(plan.Slots.Keys).Distinct().ToLookup(key => key.Pool, key => key.Start);
        foreach (var pool in _instance.Pools)
        {
            var capacity = pool.Slots.ToDictionary(slot => slot.Start, slot => slot.Capacity);
            foreach (var start in used[pool.Id].Order())
            {
                var key = (pool.Id, start);
                loads.Add(new SlotLoad(
                    pool.Id, start, capacity.GetValueOrDefault(start), today.Slots.GetValueOrDefault(key), queue.Slots.GetValueOrDefault(key),
                    plan.Slots.GetValueOrDefault(key)));
            }
        }
        return loads;
    }

    private double Worst(long[] served)
    {
        var worst = 1.0;
        for (var owner = 0; owner < served.Length; owner++)
            worst = _servable[owner] > 0 ? Math.Min(worst, served[owner] / (double)_servable[owner]) : worst;
        return worst;
    }

    private static Instant? Preferred(Request request)
    {
        (Instant? start, var cost) = (null, double.PositiveInfinity);
        foreach (ref readonly var candidate in CandidateSpan.Of(request))
        {
            if (candidate.Cost < cost)
                (start, cost) = (candidate.Start, candidate.Cost);
        }
        return start;
    }

    /// <summary>A counted plan: seats, moves and the longest displacement in hours by institution, seats by slot.</summary>
    internal sealed record Counted(
        PlanCounts Counts, long[] Seats, int[] Moves, Dictionary<(string Pool, Instant Start), long> Slots, double[] Longest);
}
