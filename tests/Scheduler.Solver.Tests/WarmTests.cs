using System.Text;

namespace Scheduler.Solver.Tests;

/// <summary>An earlier plan as the start: no request is lost, only worthwhile moves are made, and the bound stays proven.</summary>
public sealed class WarmTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void In_the_same_season_at_most_three_of_260_requests_move_and_none_is_lost(int seed)
    {
        var season = Build.Crowd(260, seed);
        var plan = Cold(season);
        var again = Warm(season, plan);
        var difference = WhatIf.Between(plan, again);
        difference.Lost.ShouldBeEmpty();
        difference.Moved.Count.ShouldBeLessThanOrEqualTo(3);
        again.Objective.Value.ShouldBeGreaterThanOrEqualTo(plan.Objective.Value);
    }

    [Fact]
    public void A_request_stays_when_a_move_gains_little()
    {
        // Value 10, and 0.4 more at 14:00: less than the twentieth of its value that a move must gain.
        var season = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8]), Build.At(1, [8], 0.4)));
        var plan = Build.Solve(season) with { Assignments = [Row("a", 1, 8)] };
        Warm(season, plan).Assignments.ShouldHaveSingleItem().Candidate.ShouldBe(1);
    }

    [Fact]
    public void A_request_moves_to_make_room_for_a_new_one()
    {
        var old = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8]), Build.At(1, [8], 0.2)));
        var plan = Build.Solve(old);
        plan.Assignments.ShouldHaveSingleItem().Candidate.ShouldBe(0);
        var now = old with { Requests = [.. old.Requests, Build.Ask("b", 3, Build.At(0, [5]))] };
        Warm(now, plan).Assignments.ShouldBe([Row("a", 1, 8), Row("b", 0, 5)], ignoreOrder: true);
    }

    [Fact]
    public void A_new_mandatory_request_takes_free_room_before_it_ejects_another()
    {
        var old = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8])));
        var plan = Build.Solve(old);
        var must = Build.Ask("b", 3, Build.At(0, [5]), Build.At(1, [5], 1)) with { Mandatory = true };
        Warm(old with { Requests = [.. old.Requests, must] }, plan).Assignments.Count.ShouldBe(2);
        var only = must with { Candidates = [must.Candidates[0]] };
        Warm(old with { Requests = [.. old.Requests, only] }, plan).Assignments.ShouldHaveSingleItem().Request.ShouldBe("b");
    }

    [Fact]
    public void A_request_that_was_served_whole_keeps_its_place_in_its_new_size()
    {
        var old = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [4]), Build.At(1, [4], 0.2)));
        var plan = Build.Solve(old) with { Assignments = [Row("a", 1, 4)] };
        var now = old with { Requests = [Build.Ask("a", 12, Build.At(0, [5]), Build.At(1, [5], 0.2))] };
        Warm(now, plan).Assignments.ShouldHaveSingleItem().ShouldBe(Row("a", 1, 5));
    }

    [Fact]
    public void All_prices_are_carried_over_with_those_of_limits()
    {
        var season = Build.Crowd(260, 11);
        var plan = Cold(season);
        var reduced = Presolve.Run(season);
        var prices = new Prices(reduced.Table);
        plan.Multipliers.ShouldNotBeNull().Apply(reduced, prices);
        var again = Multipliers.Of(reduced, prices);
        var second = new Prices(reduced.Table);
        again.Apply(reduced, second);
        second.Price.ShouldBe(prices.Price);
        prices.Price.Skip(reduced.Table.FirstRows).Sum().ShouldBeGreaterThan(0);
        prices.Price.Take(reduced.Table.FirstRows).Sum().ShouldBe(plan.ShadowPrices.Sum(row => row.Price), 1e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(9)]
    [InlineData(18)]
    [InlineData(39)]
    public void After_a_day_of_changes_no_unchanged_request_is_lost_and_the_bound_holds(int seed)
    {
        // Without mandatory requests: a mandatory request that becomes servable may eject another.
        var crowd = Build.Crowd(200, seed & 0xffff);
        var before = crowd with { Requests = [.. crowd.Requests.Select(request => request with { Mandatory = false })] };
        var plan = Cold(before);
        var random = new Random(seed);
        var fresh = Build.Crowd(4, random.Next(1_000)).Requests.Select(request => request with { Id = $"new-{request.Id}", Mandatory = false, Current = null });
        var now = before with { Requests = [.. before.Requests.Where(_ => random.Next(50) > 0), .. fresh] };
        var again = Warm(now, plan);
        var difference = WhatIf.Between(plan, again);
        var left = now.Requests.Select(request => request.Id).ToHashSet();
        difference.Lost.Where(left.Contains).ShouldBeEmpty();
        difference.Moved.Count(left.Contains).ShouldBeLessThanOrEqualTo(20);
        again.Objective.Bound.ShouldBeGreaterThanOrEqualTo(Cold(now).Objective.ValueBeforeSharing - 1e-6);
        Build.Text(Warm(now, plan, threads: 3)).ShouldBe(Build.Text(again));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Old_parts_below_the_new_smallest_part_are_not_restored(bool hasCurrent)
    {
        var split = Build.Ask("a", 12, Build.At(0, [12]), Build.At(1, [12], 0.1), Build.At(2, [12], 0.1)) with
        { MinGroup = 4, Current = hasCurrent ? new CurrentPlace(0, true, 0) : null };
        var old = Build.Season([Build.Pool("p", 20, 20, 20)], split);
        var plan = Build.Solve(old) with { Assignments = [Row("a", 1, 8), Row("a", 2, 4)] };
        var now = old with { Requests = [split with { MinGroup = 5 }] };
        Warm(now, plan).Assignments.Sum(row => row.Seats).ShouldBe(12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Old_parts_with_equal_candidates_are_not_restored_into_the_one_that_is_left(bool hasCurrent)
    {
        var split = Build.Ask("a", 12, Build.At(0, [12]), Build.At(1, [12], 0.1), Build.At(1, [12], 0.1)) with
        { MinGroup = 4, Current = hasCurrent ? new CurrentPlace(0, true, 0) : null };
        var old = Build.Season([Build.Pool("p", 20, 20)], split);
        var plan = Build.Solve(old) with { Assignments = [Row("a", 1, 6), Row("a", 2, 6, 1)] };
        var now = old with { Requests = [split with { Candidates = [split.Candidates[0], split.Candidates[1]] }] };
        Warm(now, plan).Assignments.Sum(row => row.Seats).ShouldBe(12);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nothing_moves_when_the_lead_time_has_cut_the_first_candidates(bool hasCurrent)
    {
        // 40 requests with 6 hours each. The next day the first two hours are gone, from the pool and from every request, so that every index shifts by two.
        Request Ask(int r) => Build.Ask($"r{r}", 10, [.. Enumerable.Range(0, 6).Select(k => Build.At(k, [4], 0.1 * Math.Abs(k - (r % 6))))]);
        var old = Build.Season([Build.Pool("p", 28, 28, 28, 28, 28, 28)], [.. Enumerable.Range(0, 40).Select(Ask)]);
        var plan = Build.Solve(old);
        Request Cut(Request request) => plan.Assignments.Single(row => row.Request == request.Id) is var row && row.Candidate < 2
            ? request with { Candidates = [.. request.Candidates.Skip(2)] }
            : request with { Candidates = [.. request.Candidates.Skip(2)], Current = hasCurrent ? new CurrentPlace(row.Candidate - 2, true, 1) : null };
        var now = old with { Pools = [new Pool("p", [.. old.Pools[0].Slots.Skip(2)])], Requests = [.. old.Requests.Select(Cut)] };
        var kept = plan.Assignments.Where(row => row.Candidate >= 2).ToDictionary(row => row.Request, row => (row.Pool, row.Start));
        kept.Count.ShouldBeGreaterThan(20);
        var again = Warm(now, File(plan));
        foreach (var row in again.Assignments.Where(row => kept.ContainsKey(row.Request)))
            (row.Pool, row.Start).ShouldBe(kept[row.Request], row.Request);
        WhatIf.Between(plan, again).Moved.ShouldAllBe(request => !kept.ContainsKey(request));
    }

    [Fact]
    public void Of_candidates_with_equal_pool_and_start_the_one_with_the_old_index_is_taken()
    {
        var old = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [4]), Build.At(0, [4, 1], 0.01)));
        var plan = Build.Solve(old) with { Assignments = [Row("a", 1, 4, 0)] };
        Warm(old, plan).Assignments.ShouldHaveSingleItem().Candidate.ShouldBe(1);
    }

    [Fact]
    public void A_plan_without_pool_and_start_is_refused_for_a_warm_start()
    {
        var plan = Build.Solve(Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8]))));
        WarmStart.FirstFault(plan).ShouldBeNull();
        WarmStart.FirstFault(plan with { Assignments = [new Assignment("a", 0, 8)] }).ShouldNotBeNull().ShouldStartWith("assignments[0]:");
    }

    /// <summary>The plan as a program reads it from its file.</summary>
    private static Plan File(Plan plan) =>
        PlanReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(Build.Text(plan)))).ShouldBeOfType<PlanReading.Read>().Plan;

    /// <summary>An assignment in pool p; candidate k begins in hour k unless another hour is given.</summary>
    private static Assignment Row(string request, int candidate, int seats, int? hour = null) =>
        new(request, candidate, seats, "p", Build.At(hour ?? candidate));

    private static Plan Cold(Instance season) =>
        PlanSolver.Solve(season, new SolveBudget { Threads = 1, Effort = 0.1 }, null, null, TestContext.Current.CancellationToken);

    private static Plan Warm(Instance now, Plan plan, int threads = 1) =>
        PlanSolver.Solve(now, new SolveBudget { Threads = threads }, null, new WarmStart(plan), TestContext.Current.CancellationToken);
}
