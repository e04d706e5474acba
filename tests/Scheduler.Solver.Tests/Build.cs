using System.Text;
using NodaTime;

namespace Scheduler.Solver.Tests;

/// <summary>Builds seasons by hand: one-hour slots from 14:00 on.</summary>
internal static class Build
{
    public static readonly Instant Start = Instant.FromUtc(2026, 12, 7, 14, 0);

    public static Instant At(double hour) => Start + Duration.FromMinutes((long)(hour * 60));

    public static Pool Pool(string id, params int[] capacity) => new(id, [.. capacity.Select((seats, k) => new PoolSlot(At(k), seats))]);

    public static Candidate At(double hour, int[] seats, double cost = 0, string pool = "p") => new(pool, At(hour), seats, cost);

    public static Request Ask(string id, double value, params Candidate[] candidates) =>
        new() { Id = id, Institution = "i", Value = value, Candidates = candidates };

    public static Instance Season(IReadOnlyList<Pool> pools, params Request[] requests) => new()
    {
        Name = "by hand", SlotMinutes = 60, FairnessSlack = 0, Pools = pools, Institutions = [new Institution("i", [])], Requests = requests,
    };

    public static Plan Solve(Instance instance, int threads = 1, long seed = 1, double effort = 1) =>
        PlanSolver.Solve(instance, new SolveBudget { Threads = threads, Seed = seed, Effort = effort }, null, null, TestContext.Current.CancellationToken);

    public static string Text(Plan plan)
    {
        using var stream = new MemoryStream();
        PlanFile.Write(plan with { Stages = [.. plan.Stages.Select(stage => stage with { Seconds = 0 })] }, stream).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A season of so many requests in two pools, with limits, splits, mandatory requests and current assignments: too large for one model, small
    /// enough for a test.</summary>
    public static Instance Crowd(int requests, int seed, double load = 1.5)
    {
        var random = new Random(seed);
        const int Slots = 40;
        var seats = Enumerable.Range(0, requests).Select(_ => random.Next(2, 20)).ToArray();
        var capacity = Math.Max(20, (int)(seats.Sum() * 2 / (load * 2 * Slots)));
        return new Instance
        {
            Name = $"crowd {requests} {seed}", SlotMinutes = 60, FairnessSlack = 0.005,
            Pools =
            [
                Pool("p", [.. Enumerable.Repeat(capacity, Slots)]),
                new Pool("q", [.. Enumerable.Range(0, Slots).Select(k => new PoolSlot(At(k + 0.5), capacity))]),
            ],
            Institutions = [.. Enumerable.Range(0, 10).Select(k => new Institution($"i{k}", k % 3 == 0 ? [new InstitutionLimit(LimitKind.Lab, 25)] : []))],
            Requests = [.. Enumerable.Range(0, requests).Select(index =>
            {
                var (pool, first, length) = (random.Next(2), random.Next(Slots - 8), random.Next(1, 4));
                Candidate[] candidates = [.. Enumerable.Range(0, 6).Select(k => new Candidate(
                    pool == 0 ? "p" : "q", At(first + k + (pool * 0.5)), Enumerable.Repeat(seats[index], length).ToArray(),
                    Math.Round(0.01 * k * seats[index], 4)))];
                return new Request
                {
                    Id = $"r{index}", Institution = $"i{random.Next(10)}", Value = seats[index] * (1 << random.Next(3)),
                    Limit = random.Next(2) == 0 ? LimitKind.Lab : null,
                    Mandatory = random.Next(20) == 0, MinGroup = seats[index] > 9 && random.Next(4) == 0 ? 4 : null,
                    Current = random.Next(25) == 0 ? new CurrentPlace(random.Next(6), random.Next(2) == 0, 0.3) : null, Candidates = candidates,
                };
            })],
        };
    }
}
