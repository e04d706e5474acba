using NodaTime;

namespace Scheduler.Solver;

/// <summary>Adds up the seats of every slot and, instant by instant, of every limit. An overfull slot or limit must be listed as a shortfall and hold nothing
/// new. An unserved mandatory request must not fit when all optional requests are removed.</summary>
internal sealed class CapacityCheck(Instance instance, RequestChunks chunks, ServedRows served)
{
    private static readonly int _kinds = Enum.GetValues<LimitKind>().Length;
    private readonly SlotSums _slots = new(instance);
    private readonly long _slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
    private readonly Dictionary<string, int> _institutions = instance.Institutions.Select((one, at) => (one.Id, at)).ToDictionary(one => one.Id, one => one.at);
    private readonly int[] _limit = new int[chunks.Requests.Length];

    /// <summary>Adds the rows of some requests. Several threads may add different requests.</summary>
    public void Add(int from, int to, int[] sizes)
    {
        PoolSums? pool = null;
        string? last = null;
        for (var r = from; r < to; r++)
        {
            var request = chunks.Requests[r];
            var rows = served.Of(r);
            _limit[r] = request.Limit is { } kind && rows.Length > 0 ? (_institutions[request.Institution] * _kinds) + (int)kind : -1;
            foreach (ref readonly var row in rows)
            {
                ref readonly var candidate = ref CandidateSpan.Of(request)[row.Candidate];
                if (pool is null || !ReferenceEquals(candidate.Pool, last))
                    pool = _slots.Of(last = candidate.Pool);
                _slots.Add(pool, candidate, row.Seats, sizes[r], request.Current?.Candidate != row.Candidate);
            }
        }
    }

    /// <summary>Judges what was added.</summary>
    public void Check(Plan plan, int[] sizes, int threads, FaultList faults)
    {
        var listed = new ShortfallRows(plan.Shortfall);
        _slots.Check(listed, faults);
        CheckLimits(sizes, threads, listed, faults);
        foreach (var row in listed.Left)
            faults.Add($"shortfall {row.Pool ?? row.Institution} at {row.Start}: listed, but there is none");
        CheckMandatory(sizes, faults);
    }

    /// <summary>Checks the limits of the institutions side by side; faults are in the institutions' order.</summary>
    private void CheckLimits(int[] sizes, int threads, ShortfallRows listed, FaultList faults)
    {
        var institutions = instance.Institutions;
        var first = new int[(institutions.Count * _kinds) + 1];
        foreach (var limit in _limit)
        {
            if (limit >= 0)
                first[limit + 1]++;
        }
        for (var at = 1; at < first.Length; at++)
            first[at] += first[at - 1];
        var (members, next) = (new int[first[^1]], first[..^1]);
        for (var r = 0; r < _limit.Length; r++)
        {
            if (_limit[r] >= 0)
                members[next[_limit[r]]++] = r;
        }
        const int Together = 64;
        var found = new FaultList[RequestChunks.Parts(institutions.Count, Together)];
        RequestChunks.Each(institutions.Count, Together, threads, (part, from, to) =>
        {
            found[part] = new FaultList();
            for (var at = from; at < to; at++)
            {
                foreach (var limit in institutions[at].Limits)
                {
                    var index = (at * _kinds) + (int)limit.Kind;
                    CheckLimit(institutions[at].Id, limit, members.AsSpan(first[index], first[index + 1] - first[index]), sizes, listed, found[part]);
                }
            }
        });
        foreach (var part in found)
            faults.AddAll(part);
    }

    private void CheckLimit(string institution, InstitutionLimit limit, ReadOnlySpan<int> requests, int[] sizes, ShortfallRows listed, FaultList faults)
    {
        if (MostAtOnce(requests) <= limit.Capacity)
            return;
        var spans = Spans(requests, sizes);
        var edges = Edges(spans);
        var (seats, fresh) = (new long[edges.Length], new long[edges.Length]);
        foreach (var span in spans)
        {
            for (var at = Array.BinarySearch(edges, span.From); edges[at] < span.To; at++)
            {
                seats[at] += span.Seats;
                fresh[at] += span.IsNew ? span.Seats : 0;
            }
        }
        for (var at = 0; at < edges.Length; at++)
        {
            var over = seats[at] - limit.Capacity;
            if (over <= 0)
                continue;
            var start = Instant.FromUnixTimeTicks(edges[at]);
            if (fresh[at] > 0)
                faults.Add($"{institution}, limit {limit.Kind} at {start}: {over} seats too many");
            var (from, to) = (edges[at], edges[at + 1]);
            bool IsNamed(Shortfall row) =>
                row.Limit == limit.Kind && row.Seats == over && row.Start.ToUnixTimeTicks() >= from && row.Start.ToUnixTimeTicks() < to;
            if (listed.Take(null, institution, IsNamed) == 0)
                faults.Add($"{institution}, limit {limit.Kind} at {start}: {over} seats too many, not listed as a shortfall");
        }
    }

    /// <summary>An upper bound on the seats in use at any instant: each row counts with all its seats from its start to its end. Mostly this is within the
    /// limit, and it needs two edges per row instead of two per slot.</summary>
    private long MostAtOnce(ReadOnlySpan<int> requests)
    {
        var count = 0;
        foreach (var r in requests)
            count += served.Of(r).Length;
        var (starts, ends, started, ended) = (new long[count], new long[count], new int[count], new int[count]);
        count = 0;
        foreach (var r in requests)
        {
            foreach (ref readonly var row in served.Of(r))
            {
                ref readonly var candidate = ref CandidateSpan.Of(chunks.Requests[r])[row.Candidate];
                starts[count] = candidate.Start.ToUnixTimeTicks();
                ends[count] = starts[count] + (candidate.Seats.Count * _slot);
                started[count] = ended[count] = row.Seats;
                count++;
            }
        }
        Array.Sort(starts, started);
        Array.Sort(ends, ended);
        var (most, now, end) = (0L, 0L, 0);
        for (var start = 0; start < count; start++)
        {
            for (; end < count && ends[end] <= starts[start]; end++)
                now -= ended[end];
            most = Math.Max(most, now += started[start]);
        }
        return most;
    }

    private List<LimitSpan> Spans(ReadOnlySpan<int> requests, int[] sizes)
    {
        var spans = new List<LimitSpan>();
        foreach (var r in requests)
        {
            var request = chunks.Requests[r];
            foreach (ref readonly var row in served.Of(r))
            {
                var candidate = request.Candidates[row.Candidate];
                var (start, isNew) = (candidate.Start.ToUnixTimeTicks(), request.Current?.Candidate != row.Candidate);
                for (var k = 0; k < candidate.Seats.Count; k++)
                {
                    if (PlanChecker.Amount(candidate.Seats[k], row.Seats, sizes[r]) is var amount and not 0)
                        spans.Add(new LimitSpan(start + (k * _slot), start + ((k + 1) * _slot), amount, isNew));
                }
            }
        }
        return spans;
    }

    /// <summary>The instants at which a span begins or ends, each once, in order.</summary>
    private static long[] Edges(List<LimitSpan> spans)
    {
        var (edges, count) = (new long[2 * spans.Count], 0);
        for (var at = 0; at < spans.Count; at++)
            (edges[2 * at], edges[(2 * at) + 1]) = (spans[at].From, spans[at].To);
        Array.Sort(edges);
        foreach (var edge in edges)
        {
            if (count == 0 || edges[count - 1] != edge)
                edges[count++] = edge;
        }
        return edges[..count];
    }

    private void CheckMandatory(int[] sizes, FaultList faults)
    {
        var limited = new Lazy<HashSet<(string, LimitKind)>>(() =>
            [.. instance.Institutions.SelectMany(one => one.Limits.Select(limit => (one.Id, limit.Kind)))]);
        var firm = new Lazy<SlotSums>(() => Firm(sizes));
        for (var r = 0; r < chunks.Requests.Length; r++)
        {
            var request = chunks.Requests[r];
            // With a limit, room in the pools proves nothing.
            if (!request.Mandatory || request.Value <= 0 || served.Of(r).Length > 0
                || (request.Limit is { } kind && limited.Value.Contains((request.Institution, kind))))
                continue;
            var part = request.MinGroup is { } group ? Math.Min(group, sizes[r]) : sizes[r];
            for (var k = 0; k < request.Candidates.Count; k++)
            {
                var candidate = request.Candidates[k];
                var (pool, start, fits) = (firm.Value.Of(candidate.Pool), candidate.Start.ToUnixTimeTicks(), true);
                for (var step = 0; fits && step < candidate.Seats.Count; step++)
                {
                    var amount = PlanChecker.Amount(candidate.Seats[step], part, sizes[r]);
                    fits = amount == 0 || amount <= pool.Room(start + (step * _slot));
                }
                if (fits)
                {
                    faults.Add($"{request.Id}: mandatory and unserved, although only optional requests take the room of candidate {k}");
                    break;
                }
            }
        }
    }

    /// <summary>The seats of mandatory requests and current assignments only.</summary>
    private SlotSums Firm(int[] sizes)
    {
        var firm = new SlotSums(instance);
        for (var r = 0; r < chunks.Requests.Length; r++)
        {
            var request = chunks.Requests[r];
            if (!request.Mandatory && request.Current is null)
                continue;
            foreach (ref readonly var row in served.Of(r))
                firm.Add(firm.Of(request.Candidates[row.Candidate].Pool), request.Candidates[row.Candidate], row.Seats, sizes[r], true);
        }
        return firm;
    }

    /// <summary>Seats of one row in one slot that count against a limit; times in ticks.</summary>
    private readonly record struct LimitSpan(long From, long To, long Seats, bool IsNew);
}
