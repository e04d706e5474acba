using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>The changes of one day: one request in a hundred (a quarter each is withdrawn, new, larger, smaller) and the capacity of one slot in two
/// hundred.</summary>
internal sealed class SeasonChange(Instance before, int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Makes the assignment of every second request that is served whole its current one.</summary>
    public static Instance Confirm(Instance season, Plan plan)
    {
        var rows = plan.Assignments.ToLookup(row => row.Request);
        var number = 0;
        return season with
        {
            Requests = [.. season.Requests.Select(request =>
                rows[request.Id].ToArray() is [var row] && row.Seats == request.Candidates[0].Seats.Max() && number++ % 2 == 0
                ? request with { Current = new CurrentPlace(row.Candidate, true, 0.05 * request.Value) }
                : request)],
        };
    }

    public Instance Apply()
    {
        var requests = before.Requests.ToList();
        var changes = requests.Count / 100;
        foreach (var at in Enumerable.Range(0, requests.Count).OrderBy(_ => _random.Next()).Take(changes).OrderDescending().ToList())
        {
            switch (_random.Next(4))
            {
                case 0: requests.RemoveAt(at); break;
                case 1: requests.Add(requests[at] with { Id = $"new-{at}", Current = null }); break;
                case 2: requests[at] = Resized(requests[at], 1.1 + (0.2 * _random.NextDouble())); break;
                default: requests[at] = Resized(requests[at], 0.9 - (0.2 * _random.NextDouble())); break;
            }
        }
        return before with { Requests = requests, Pools = [.. before.Pools.Select(Changed)] };
    }

    private Pool Changed(Pool pool) => pool with
    {
        Slots = [.. pool.Slots.Select(slot => _random.Next(200) == 0 ? Changed(slot) : slot)],
    };

    private PoolSlot Changed(PoolSlot slot) => slot with { Capacity = (int)(slot.Capacity * (0.9 + (0.2 * _random.NextDouble()))) };

    private static Request Resized(Request request, double factor)
    {
        int[] seats = [.. request.Candidates[0].Seats.Select(entry => Math.Max(1, (int)Math.Round(entry * factor)))];
        return request with
        {
            // A current assignment is kept only with its size. A larger or smaller request is new.
            Value = request.Value * factor,
            Current = null,
            Candidates = [.. request.Candidates.Select(candidate => candidate with { Seats = seats })],
        };
    }
}
