using System.Runtime.InteropServices;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Re-adds the seats of every slot and, instant by instant, of every limit; nothing new may stand where a slot or limit is overfull, and each overfull
/// one must be listed. Also: what is mandatory and unserved must not fit once all that is neither mandatory nor sitting is thought away.</summary>
internal static class CapacityCheck
{
    public static void Run(Instance instance, Plan plan, List<Assignment>[] served, int[] sizes, FaultList faults)
    {
        var slots = new SlotSums(instance);
        var firm = new SlotSums(instance);
        var limits = new Dictionary<(string, LimitKind), List<LimitSpan>>();
        var slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        for (var r = 0; r < served.Length; r++)
        {
            var request = instance.Requests[r];
            var size = sizes[r];
            var isFirm = request.Mandatory || request.Current is not null;
            for (var at = 0; at < served[r]?.Count; at++)
            {
                var row = served[r][at];
                var candidate = request.Candidates[row.Candidate];
                var isNew = request.Current?.Candidate != row.Candidate;
                var (pool, firmPool) = (slots.Of(candidate.Pool), firm.Of(candidate.Pool));
                List<LimitSpan>? spans = null;
                if (request.Limit is { } kind && !limits.TryGetValue((request.Institution, kind), out spans))
                    limits.Add((request.Institution, kind), spans = []);
                for (var k = 0; k < candidate.Seats.Count; k++)
                {
                    var amount = PlanChecker.Amount(candidate.Seats[k], row.Seats, size);
                    if (amount == 0)
                        continue;
                    var start = candidate.Start.ToUnixTimeTicks() + (k * slot);
                    SlotSums.Add(pool, start, amount, isNew);
                    if (isFirm)
                        SlotSums.Add(firmPool, start, amount, isNew);
                    spans?.Add(new LimitSpan(start, start + slot, amount, isNew));
                }
            }
        }
        var listed = plan.Shortfall.ToList();
        slots.Judge(listed, faults);
        foreach (var institution in instance.Institutions)
        {
            foreach (var limit in institution.Limits)
            {
                if (limits.TryGetValue((institution.Id, limit.Kind), out var spans))
                    JudgeLimit(institution.Id, limit, spans, listed, faults);
            }
        }
        foreach (var row in listed)
            faults.Add($"shortfall {row.Pool ?? row.Institution} at {row.Start}: not so");
        CheckMandatory(instance, served, sizes, firm, slot, faults);
    }

    private static void JudgeLimit(
        string institution, InstitutionLimit limit, List<LimitSpan> spans, List<Shortfall> listed, FaultList faults)
    {
        var most = 0L;
        foreach (var span in spans)
            most += span.Seats;
        if (most <= limit.Capacity)
            return;
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
            var named = listed.RemoveAll(row => row.Institution == institution && row.Limit == limit.Kind && row.Seats == over
                && row.Start.ToUnixTimeTicks() >= edges[at] && row.Start.ToUnixTimeTicks() < edges[at + 1]);
            if (named == 0)
                faults.Add($"{institution}, limit {limit.Kind} at {start}: {over} seats too many, not listed as a shortfall");
        }
    }

    /// <summary>Every instant at which something begins or ends, each once, in order.</summary>
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

    private static void CheckMandatory(Instance instance, List<Assignment>[] served, int[] sizes, SlotSums firm, long slot, FaultList faults)
    {
        var limited = instance.Institutions.SelectMany(one => one.Limits.Select(limit => (one.Id, limit.Kind))).ToHashSet();
        for (var r = 0; r < served.Length; r++)
        {
            var request = instance.Requests[r];
            // Behind a limit the pools' room alone says nothing.
            if (!request.Mandatory || request.Value <= 0 || served[r] is not null || (request.Limit is { } kind && limited.Contains((request.Institution, kind))))
                continue;
            var size = sizes[r];
            var part = request.MinGroup is { } group ? Math.Min(group, size) : size;
            for (var k = 0; k < request.Candidates.Count; k++)
            {
                var candidate = request.Candidates[k];
                var fits = true;
                for (var step = 0; fits && step < candidate.Seats.Count; step++)
                {
                    var amount = PlanChecker.Amount(candidate.Seats[step], part, size);
                    fits = amount == 0 || amount <= firm.Room(candidate.Pool, candidate.Start.ToUnixTimeTicks() + (step * slot));
                }
                if (fits)
                {
                    faults.Add($"{request.Id}: mandatory and unserved, yet only what is not mandatory stands in the way of candidate {k}");
                    break;
                }
            }
        }
    }
}

/// <summary>Seats of one assignment in one slot that count against a limit, in ticks.</summary>
internal readonly record struct LimitSpan(long From, long To, long Seats, bool IsNew);

/// <summary>Seats per slot of every pool.</summary>
internal sealed class SlotSums
{
    private readonly Dictionary<string, Dictionary<long, (long Capacity, long Seats, long Fresh)>> _pools = [];

    public SlotSums(Instance instance)
    {
        foreach (var pool in instance.Pools)
            _pools.Add(pool.Id, pool.Slots.ToDictionary(slot => slot.Start.ToUnixTimeTicks(), slot => ((long)slot.Capacity, 0L, 0L)));
    }

    public Dictionary<long, (long Capacity, long Seats, long Fresh)> Of(string pool) => _pools[pool];

    public static void Add(Dictionary<long, (long Capacity, long Seats, long Fresh)> sums, long start, long seats, bool isNew)
    {
        ref var sum = ref CollectionsMarshal.GetValueRefOrAddDefault(sums, start, out _);
        sum.Seats += seats;
        sum.Fresh += isNew ? seats : 0;
    }

    public long Room(string pool, long start)
    {
        var sum = _pools[pool].GetValueOrDefault(start);
        return sum.Capacity - sum.Seats;
    }

    public void Judge(List<Shortfall> listed, FaultList faults)
    {
        foreach (var (pool, sums) in _pools)
        {
            foreach (var (start, sum) in sums)
            {
                var over = sum.Seats - sum.Capacity;
                if (over <= 0)
                    continue;
                var at = Instant.FromUnixTimeTicks(start);
                if (sum.Fresh > 0)
                    faults.Add($"pool {pool} at {at}: {over} seats too many");
                if (listed.RemoveAll(row => row.Pool == pool && row.Start == at && row.Seats == over) != 1)
                    faults.Add($"pool {pool} at {at}: {over} seats too many, not listed as a shortfall");
            }
        }
    }
}
