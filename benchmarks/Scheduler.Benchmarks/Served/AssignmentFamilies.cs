using NodaTime;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Benchmarks;

/// <summary>Generalized assignment and multiple-choice knapsack with every request mandatory, drawn as the literature describes them.</summary>
internal static class AssignmentFamilies
{
    private static readonly Instant _start = Instant.FromUtc(2026, 12, 7, 12, 0);

    /// <summary>Generalized assignment (Chu, Beasley 1997; Laguna et al. 1995): a machine is a pool of one slot. Kinds c, d and e; in d and e costs fall with
    /// sizes.</summary>
    public static Instance Assignment(char kind, int machines, int jobs, int seed)
    {
        var random = new Random(seed);
        var (size, cost) = (new int[machines, jobs], new double[machines, jobs]);
        for (var machine = 0; machine < machines; machine++)
        {
            for (var job = 0; job < jobs; job++)
            {
                var one = 1 - (10 * Math.Log(1 - random.NextDouble()));
                size[machine, job] = kind switch { 'c' => random.Next(5, 26), 'd' => random.Next(1, 101), _ => (int)Math.Round(one) };
                cost[machine, job] = kind switch
                {
                    'c' => random.Next(10, 51),
                    'd' => 111 - size[machine, job] + random.Next(-10, 11),
                    _ => Math.Round((1000 / (double)size[machine, job]) - (10 * random.NextDouble())),
                };
            }
        }
        var pools = Enumerable.Range(0, machines).Select(machine =>
        {
            var sum = Enumerable.Range(0, jobs).Sum(job => size[machine, job]);
            return new Pool($"m{machine}", [new PoolSlot(_start, (int)(0.8 * sum / machines))]);
        }).ToArray();
        return new Instance
        {
            Name = FormattableString.Invariant($"assignment {kind} {machines} x {jobs}, seed {seed}"), SlotMinutes = 60, Pools = pools,
            Institutions = [new Institution("one", [])],
            Requests = [.. Enumerable.Range(0, jobs).Select(job => new Request
            {
                Id = $"j{job}", Institution = "one", Value = 10_000, Mandatory = true,
                Candidates = [.. Enumerable.Range(0, machines).Select(machine =>
                    new Candidate($"m{machine}", _start, [size[machine, job]], cost[machine, job]))],
            })],
        };
    }

    /// <summary>Multiple-choice knapsack with several dimensions: every class takes one item; an item takes an amount of each of the resources, the slots
    /// of one pool. Weights and costs are uniform; the capacity is a little below the mean demand.</summary>
    public static Instance Knapsack(int classes, int items, int resources, int seed)
    {
        var random = new Random(seed);
        var weight = new int[classes, items, resources];
        for (var k = 0; k < classes; k++)
        {
            for (var item = 0; item < items; item++)
            {
                for (var resource = 0; resource < resources; resource++)
                    weight[k, item, resource] = random.Next(0, 101);
            }
        }
        var capacity = new int[resources];
        for (var resource = 0; resource < resources; resource++)
        {
            var (least, mean) = (0.0, 0.0);
            for (var k = 0; k < classes; k++)
            {
                var all = Enumerable.Range(0, items).Select(item => weight[k, item, resource]).ToArray();
                (least, mean) = (least + all.Min(), mean + all.Average());
            }
            capacity[resource] = (int)(mean - (0.15 * (mean - least)));
        }
        return new Instance
        {
            Name = FormattableString.Invariant($"knapsack {classes} x {items} x {resources}, seed {seed}"), SlotMinutes = 60,
            Pools = [new Pool("p", [.. capacity.Select((seats, at) => new PoolSlot(_start + Duration.FromHours(at), seats))])],
            Institutions = [new Institution("one", [])],
            Requests = [.. Enumerable.Range(0, classes).Select(k => new Request
            {
                Id = $"c{k}", Institution = "one", Value = 300, Mandatory = true,
                Candidates = [.. Enumerable.Range(0, items).Select(item => new Candidate(
                    "p", _start, [.. Enumerable.Range(0, resources).Select(resource => weight[k, item, resource])], random.Next(0, 101)))],
            })],
        };
    }
}
