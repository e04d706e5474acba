using NodaTime;

namespace Scheduler.Solver;

/// <summary>Re-adds the seats of every slot and, instant by instant, of every limit; nothing new may stand where a slot or limit is overfull, and each overfull
/// one must be listed. Also: what is mandatory and unserved must not fit once all that is neither mandatory nor sitting is thought away.</summary>
internal static class CapacityCheck
{
    public static void Run(Instance instance, Plan plan, List<Assignment>[] served, FaultList faults)
    {
        var slots = new SlotSums(instance);
        var firm = new SlotSums(instance);
        var limits = new Dictionary<(string, LimitKind), List<(long From, long To, long Seats, bool IsNew)>>();
        var slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        for (var r = 0; r < served.Length; r++)
        {
            var request = instance.Requests[r];
            var size = PlanChecker.Size(request);
            foreach (var row in served[r] ?? [])
            {
                var candidate = request.Candidates[row.Candidate];
                var isNew = request.Current?.Candidate != row.Candidate;
                for (var k = 0; k < candidate.Seats.Count; k++)
                {
                    var amount = PlanChecker.Amount(candidate.Seats[k], row.Seats, size);
                    if (amount == 0)
                        continue;
                    var start = candidate.Start.ToUnixTimeTicks() + (k * slot);
                    slots.Add(candidate.Pool, start, amount, isNew);
                    if (request.Mandatory || request.Current is not null)
                        firm.Add(candidate.Pool, start, amount, isNew);
                    if (request.Limit is not { } kind)
                        continue;
                    if (!limits.TryGetValue((request.Institution, kind), out var spans))
                        limits.Add((request.Institution, kind), spans = []);
                    spans.Add((start, start + slot, amount, isNew));
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
        CheckMandatory(instance, served, firm, slot, faults);
    }

    private static void JudgeLimit(
        string institution, InstitutionLimit limit, List<(long From, long To, long Seats, bool IsNew)> spans, List<Shortfall> listed, FaultList faults)
    {
        var edges = spans.SelectMany(span => new[] { span.From, span.To }).Distinct().Order().ToArray();
        var (seats, fresh) = (new long[edges.Length], new long[edges.Length]);
        foreach (var span in spans)
        {
            var at = Array.BinarySearch(edges, span.From);
            for (; edges[at] < span.To; at++)
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

    private static void CheckMandatory(Instance instance, List<Assignment>[] served, SlotSums firm, long slot, FaultList faults)
    {
        var limited = instance.Institutions.SelectMany(one => one.Limits.Select(limit => (one.Id, limit.Kind))).ToHashSet();
        for (var r = 0; r < served.Length; r++)
        {
            var request = instance.Requests[r];
            // Behind a limit the pools' room alone says nothing.
            if (!request.Mandatory || request.Value <= 0 || served[r] is not null || (request.Limit is { } kind && limited.Contains((request.Institution, kind))))
                continue;
            var size = PlanChecker.Size(request);
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

/// <summary>Seats per slot of every pool.</summary>
internal sealed class SlotSums
{
    private readonly Dictionary<string, Dictionary<long, (long Capacity, long Seats, long Fresh)>> _pools = [];

    public SlotSums(Instance instance)
    {
        foreach (var pool in instance.Pools)
            _pools.Add(pool.Id, pool.Slots.ToDictionary(slot => slot.Start.ToUnixTimeTicks(), slot => ((long)slot.Capacity, 0L, 0L)));
    }

    public void Add(string pool, long start, long seats, bool isNew)
    {
        var sums = _pools[pool];
        var sum = sums.GetValueOrDefault(start);
        sums[start] = (sum.Capacity, sum.Seats + seats, sum.Fresh + (isNew ? seats : 0));
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
