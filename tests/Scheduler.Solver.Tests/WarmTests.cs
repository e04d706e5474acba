namespace Scheduler.Solver.Tests;

/// <summary>Yesterday's plan as the start: nothing is lost, nothing moves that is not worth it, and the bound stays proven.</summary>
public sealed class WarmTests
{
    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    [InlineData(13)]
    public void From_the_same_season_at_most_three_of_260_move_and_nothing_is_lost(int seed)
    {
        var season = Build.Crowd(260, seed);
        var plan = Cold(season);
        var again = Warm(season, season, plan);
        var difference = WhatIf.Between(plan, again);
        difference.Lost.ShouldBeEmpty();
        difference.Moved.Count.ShouldBeLessThanOrEqualTo(3);
        again.Objective.Value.ShouldBeGreaterThanOrEqualTo(plan.Objective.Value);
    }

    [Fact]
    public void What_could_stand_a_little_better_stays()
    {
        // Worth 10, and 0.4 better at 14:00: below the twentieth of its value that a move must bring.
        var season = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8]), Build.At(1, [8], 0.4)));
        var plan = Build.Solve(season) with { Assignments = [new Assignment("a", 1, 8)] };
        Warm(season, season, plan).Assignments.ShouldHaveSingleItem().Candidate.ShouldBe(1);
    }

    [Fact]
    public void What_stands_in_the_way_of_something_new_moves()
    {
        var old = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8]), Build.At(1, [8], 0.2)));
        var plan = Build.Solve(old);
        plan.Assignments.ShouldHaveSingleItem().Candidate.ShouldBe(0);
        var now = old with { Requests = [.. old.Requests, Build.Ask("b", 3, Build.At(0, [5]))] };
        Warm(now, old, plan).Assignments.ShouldBe([new Assignment("a", 1, 8), new Assignment("b", 0, 5)], ignoreOrder: true);
    }

    [Fact]
    public void What_is_new_and_mandatory_takes_free_room_before_it_takes_a_place()
    {
        var old = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8])));
        var plan = Build.Solve(old);
        var must = Build.Ask("b", 3, Build.At(0, [5]), Build.At(1, [5], 1)) with { Mandatory = true };
        Warm(old with { Requests = [.. old.Requests, must] }, old, plan).Assignments.Count.ShouldBe(2);
        var only = must with { Candidates = [must.Candidates[0]] };
        Warm(old with { Requests = [.. old.Requests, only] }, old, plan).Assignments.ShouldHaveSingleItem().Request.ShouldBe("b");
    }

    [Fact]
    public void What_was_served_whole_keeps_its_place_in_its_new_size()
    {
        var old = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [4]), Build.At(1, [4], 0.2)));
        var plan = Build.Solve(old) with { Assignments = [new Assignment("a", 1, 4)] };
        var now = old with { Requests = [Build.Ask("a", 12, Build.At(0, [5]), Build.At(1, [5], 0.2))] };
        Warm(now, old, plan).Assignments.ShouldHaveSingleItem().ShouldBe(new Assignment("a", 1, 5));
    }

    [Fact]
    public void Prices_come_over_in_full_limits_rows_included()
    {
        var season = Build.Crowd(260, 11);
        var plan = Cold(season);
        var reduced = Reduce.Run(season);
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
    public void After_a_day_of_changes_nobody_untouched_is_lost_and_the_bound_holds(int seed)
    {
        // Without anything mandatory: what must be served and finds a way in today may take a place.
        var crowd = Build.Crowd(200, seed & 0xffff);
        var before = crowd with { Requests = [.. crowd.Requests.Select(request => request with { Mandatory = false })] };
        var plan = Cold(before);
        var random = new Random(seed);
        var fresh = Build.Crowd(4, random.Next(1_000)).Requests.Select(request => request with { Id = $"new-{request.Id}", Mandatory = false, Current = null });
        var now = before with { Requests = [.. before.Requests.Where(_ => random.Next(50) > 0), .. fresh] };
        var again = Warm(now, before, plan);
        var difference = WhatIf.Between(plan, again);
        var left = now.Requests.Select(request => request.Id).ToHashSet();
        difference.Lost.Where(left.Contains).ShouldBeEmpty();
        difference.Moved.Count(left.Contains).ShouldBeLessThanOrEqualTo(20);
        again.Objective.Bound.ShouldBeGreaterThanOrEqualTo(Cold(now).Objective.ValueBeforeSharing - 1e-6);
        Build.Text(Warm(now, before, plan, threads: 3)).ShouldBe(Build.Text(again));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_of_yesterday_that_are_too_small_today_do_not_come_back(bool sits)
    {
        var split = Build.Ask("a", 12, Build.At(0, [12]), Build.At(1, [12], 0.1), Build.At(2, [12], 0.1)) with { MinGroup = 4, Current = sits ? new CurrentPlace(0, true, 0) : null };
        var old = Build.Season([Build.Pool("p", 20, 20, 20)], split);
        var plan = Build.Solve(old) with { Assignments = [new Assignment("a", 1, 8), new Assignment("a", 2, 4)] };
        var now = old with { Requests = [split with { MinGroup = 5 }] };
        Warm(now, old, plan).Assignments.Sum(row => row.Seats).ShouldBe(12);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Parts_that_had_candidates_alike_do_not_come_back_into_the_one_that_is_left(bool sits)
    {
        var split = Build.Ask("a", 12, Build.At(0, [12]), Build.At(1, [12], 0.1), Build.At(1, [12], 0.1)) with { MinGroup = 4, Current = sits ? new CurrentPlace(0, true, 0) : null };
        var old = Build.Season([Build.Pool("p", 20, 20)], split);
        var plan = Build.Solve(old) with { Assignments = [new Assignment("a", 1, 6), new Assignment("a", 2, 6)] };
        var now = old with { Requests = [split with { Candidates = [split.Candidates[0], split.Candidates[1]] }] };
        Warm(now, old, plan).Assignments.Sum(row => row.Seats).ShouldBe(12);
    }

    private static Plan Cold(Instance season) =>
        PlanSolver.Solve(season, new SolveBudget { Threads = 1, Effort = 0.1 }, null, null, TestContext.Current.CancellationToken);

    private static Plan Warm(Instance now, Instance before, Plan plan, int threads = 1) =>
        PlanSolver.Solve(now, new SolveBudget { Threads = threads }, null, new WarmStart(before, plan), TestContext.Current.CancellationToken);
}
