namespace Scheduler.Solver.Tests;

/// <summary>First come first served: the order of the instance decides, and every request takes its cheapest candidate that fits.</summary>
public sealed class FirstComeFirstServedTests
{
    [Fact]
    public void The_first_takes_its_cheapest_candidate_and_the_next_what_is_left()
    {
        // The solver would put a at 15:00 and serve both. In the queue a takes 14:00, and b, which can only come then, goes without.
        var season = Build.Season([Build.Pool("p", 10, 10)], Build.Ask("a", 10, Build.At(0, [8]), Build.At(1, [8], 0.2)), Build.Ask("b", 20, Build.At(0, [5])));
        var queue = FirstComeFirstServed.Run(season, cancel: TestContext.Current.CancellationToken);
        queue.Assignments.ShouldHaveSingleItem().ShouldBe(new Assignment("a", 0, 8, "p", Build.At(0)));
        queue.Unserved.ShouldHaveSingleItem().Reason.ShouldBe(UnservedReason.Outbid);
        queue.Objective.Value.ShouldBe(10);
        queue.Objective.Bound.ShouldBe(30, 1e-9);
        Build.Solve(season).Objective.Value.ShouldBe(29.8, 1e-9);
    }

    [Fact]
    public void What_sits_there_stays_and_a_mandatory_request_comes_first()
    {
        var sits = Build.Ask("a", 1, Build.At(0, [4])) with { Current = new CurrentPlace(0, true, 0) };
        var must = Build.Ask("c", 1, Build.At(0, [6])) with { Mandatory = true };
        var season = Build.Season([Build.Pool("p", 10)], sits, Build.Ask("b", 5, Build.At(0, [6])), must);
        FirstComeFirstServed.Run(season, cancel: TestContext.Current.CancellationToken).Assignments.Select(row => row.Request).ShouldBe(["a", "c"]);
    }

    [Fact]
    public void In_any_tiny_season_the_plan_passes_the_checker_and_is_worth_no_more_than_the_solver_s()
    {
        for (var seed = 40_000; seed < 40_300; seed++)
        {
            var season = TinySeasons.Draw(seed) with { FairnessSlack = 0 };
            var queue = FirstComeFirstServed.Run(season, 1, TestContext.Current.CancellationToken);
            // A current assignment that the solver moves out of a shortfall, and a mandatory request, come before value.
            if (season.Requests.All(request => request.Current is null && !request.Mandatory))
                queue.Objective.Value.ShouldBeLessThanOrEqualTo(TinyOracle.Solve(season).Value + 1e-9, season.Name);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Any_number_of_threads_gives_the_same_plan(int seed)
    {
        var season = Build.Crowd(260, seed);
        var one = FirstComeFirstServed.Run(season, 1, TestContext.Current.CancellationToken);
        Build.Text(FirstComeFirstServed.Run(season, 3, TestContext.Current.CancellationToken)).ShouldBe(Build.Text(one));
        one.Objective.Value.ShouldBeLessThan(Build.Solve(season, effort: 0.3).Objective.Value);
    }
}
