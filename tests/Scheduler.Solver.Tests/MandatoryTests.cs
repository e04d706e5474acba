namespace Scheduler.Solver.Tests;

/// <summary>What must be served: how many can be served, against exhaustive search and planted plans; and the cost, where everything is served.</summary>
public sealed class MandatoryTests
{
    [Fact]
    public void The_bound_of_the_mandatory_part_is_at_least_what_can_be_served_and_the_stage_serves_it()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var instance = TinySeasons.Draw(seed);
            var (_, most, _, _) = TinyOracle.Solve(instance);
            var run = Start(instance);
            var part = run.OfPart(MandatoryPart.Of(run.Season));
            MandatoryPart.Copy(run.Incumbent, part.Incumbent);
            Price.Run(part);
            part.Bound.ShouldBeGreaterThanOrEqualTo(most - (1e-12 * most), instance.Name);
            MandatoryStage.Run(run);
            run.Incumbent.MandatoryValue().ShouldBeLessThanOrEqualTo(most + 1e-9, instance.Name);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_plan_that_serves_every_mandatory_request_is_found_where_greedy_insertion_loses_some(int seed)
    {
        var instance = Planted(seed);
        var greedy = Start(instance);
        MandatoryStage.InsertGreedily(greedy).ShouldBeFalse();
        var run = Start(instance);
        MandatoryStage.Run(run);
        run.IsMandatoryServed.ShouldBeTrue();
    }

    [Fact]
    public void The_least_tardiness_on_one_machine_is_found_by_search_over_orders()
    {
        for (var seed = 1; seed <= 5; seed++)
        {
            var jobs = Jobs(seed, 11);
            var run = Start(OneMachine(jobs));
            MandatoryStage.InsertGreedily(run).ShouldBeTrue();
            run.RecomputeValue();
            Price.Run(run);
            SearchOrders.Run(run);
            run.RecomputeValue();
            var cost = (1_000.0 * jobs.Length) - run.Value;
            cost.ShouldBe(LeastTardiness(jobs), 1e-9, $"seed {seed}");
        }
    }

    [Fact]
    public void Searches_where_everything_must_be_served_give_the_same_plan_for_any_number_of_threads()
    {
        foreach (var instance in (Instance[])[OneMachine(Jobs(7, 40)), Planted(2)])
        {
            var one = Build.Text(Build.Solve(instance, threads: 1, effort: 0.05));
            Build.Text(Build.Solve(instance, threads: 2, effort: 0.05)).ShouldBe(one);
            Build.Text(Build.Solve(instance, threads: 3, effort: 0.05)).ShouldBe(one);
        }
    }

    private static SolveRun Start(Instance instance)
    {
        var run = new SolveRun(new SolveBudget { Threads = 1, Effort = 0.1 }, null, new StopSignal(null, CancellationToken.None));
        run.Start(Presolve.Run(instance));
        ShortfallReduction.Run(run.Incumbent, run.Exact, 1, run.Stop);
        return run;
    }

    private static (int Hours, int Due)[] Jobs(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (random.Next(1, 8), random.Next(1, 4 * count)))];
    }

    /// <summary>One seat; every job at any start, at a cost of the hours by which it ends after its due time.</summary>
    private static Instance OneMachine((int Hours, int Due)[] jobs)
    {
        var horizon = jobs.Sum(job => job.Hours) + 8;
        return Build.Season(
            [Build.Pool("p", [.. Enumerable.Repeat(1, horizon)])],
            [.. jobs.Select((job, at) => Build.Ask($"j{at}", 1_000, [.. Enumerable.Range(0, horizon - job.Hours + 1)
                .Select(start => Build.At(start, [.. Enumerable.Repeat(1, job.Hours)], Math.Max(0, start + job.Hours - job.Due)))]) with
            { Mandatory = true })]);
    }

    /// <summary>Dynamic programming over the sets of jobs that come first (Held and Karp 1962).</summary>
    private static double LeastTardiness((int Hours, int Due)[] jobs)
    {
        var least = new double[1 << jobs.Length];
        for (var set = 1; set < least.Length; set++)
        {
            var end = Enumerable.Range(0, jobs.Length).Where(job => (set >> job & 1) == 1).Sum(job => jobs[job].Hours);
            least[set] = Enumerable.Range(0, jobs.Length).Where(job => (set >> job & 1) == 1)
                .Min(job => least[set ^ (1 << job)] + Math.Max(0, end - jobs[job].Due));
        }
        return least[^1];
    }

    /// <summary>A pool that the planted plan fills to the last seat: six days of eight slots, each cut into pieces.</summary>
    private static Instance Planted(int seed)
    {
        var random = new Random(seed);
        const int Seats = 24;
        var pieces = new List<(int Start, int Length, int Seats)>();
        void Cut(int start, int length, int seats)
        {
            if (length > 3 || (length > 1 && random.Next(3) == 0))
            {
                var first = random.Next(1, length);
                Cut(start, first, seats);
                Cut(start + first, length - first, seats);
            }
            else if (seats > 10 || (seats > 3 && random.Next(3) == 0))
            {
                var part = random.Next(1, seats);
                Cut(start, length, part);
                Cut(start, length, seats - part);
            }
            else
            {
                pieces.Add((start, length, seats));
            }
        }
        for (var day = 0; day < 6; day++)
            Cut(8 * day, 8, Seats);
        var order = pieces.ToArray();
        random.Shuffle(order);
        return Build.Season(
            [Build.Pool("p", [.. Enumerable.Repeat(Seats, 48)])],
            [.. order.Select((piece, at) =>
            {
                var wish = piece.Start + random.Next(-6, 7);
                return Build.Ask($"r{at}", piece.Seats * piece.Length, [.. Enumerable.Range(0, 48)
                    .Where(start => (start % 8) + piece.Length <= 8 && Math.Abs(start - piece.Start) <= 8)
                    .Select(start => Build.At(start, [.. Enumerable.Repeat(piece.Seats, piece.Length)], 0.01 * Math.Abs(start - wish)))]) with
                { Mandatory = true };
            })]);
    }
}
