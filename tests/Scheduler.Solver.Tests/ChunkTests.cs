namespace Scheduler.Solver.Tests;

/// <summary>Work in several chunks of requests gives the same result for any number of threads.</summary>
public sealed class ChunkTests
{
    private const int SeveralChunks = 5_000;

    [Fact]
    public void A_season_is_reduced_to_the_same_options_for_any_number_of_threads()
    {
        var season = Build.Crowd(SeveralChunks, 3);
        var pause = Build.Ask("pause", 5, Build.At(0, [3, 0, 0, 3]), Build.At(38, [3, 0, 0, 3]), Build.At(2, [3]));
        season = season with { Requests = [.. season.Requests, pause with { Institution = "i1", Current = new CurrentPlace(1, true, 0) }] };
        new RequestChunks(season.Requests).Count.ShouldBeGreaterThan(2);
        var (first, second) = (Presolve.Run(season, 1), Presolve.Run(season, 3));
        second.FixedSeats.ShouldBe(first.FixedSeats);
        var (one, three) = (first.Table, second.Table);
        three.FirstOption.ShouldBe(one.FirstOption);
        three.NetValue.ShouldBe(one.NetValue);
        three.Row.ShouldBe(one.Row);
        three.SecondRow.ShouldBe(one.SecondRow);
        three.Profile.ShouldBe(one.Profile);
        three.Candidate.ShouldBe(one.Candidate);
        three.Capacity.ShouldBe(one.Capacity);
        three.CurrentOption.ShouldBe(one.CurrentOption);
        three.Group.ShouldBe(one.Group);
        three.Size.ShouldBe(one.Size);
        three.SecondScale.ShouldBe(one.SecondScale);
        three.Component.ShouldBe(one.Component);
        three.ReachFrom.ShouldBe(one.ReachFrom);
        three.Profiles.Amount.ShouldBe(one.Profiles.Amount);
        one.CurrentOption[^1].ShouldBe(one.FirstOption[^2] + 1);
    }

    [Fact]
    public void A_solve_cancelled_at_the_start_gives_the_same_plan_for_any_number_of_threads()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var season = Build.Crowd(SeveralChunks, 8, 2);
        string Text(int threads) => Build.Text(PlanSolver.Solve(season, new SolveBudget { Threads = threads }, null, null, cancelled.Token));
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 1 }, null, null, cancelled.Token);
        plan.StopReason.ShouldBe(StopReason.Cancelled);
        plan.Assignments.Count.ShouldBeGreaterThan(SeveralChunks / 4);
        plan.Unserved.Count.ShouldBeGreaterThan(SeveralChunks / 4);
        Text(3).ShouldBe(Build.Text(plan));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_exception_in_one_piece_is_thrown_unwrapped_for_any_number_of_threads(int threads) =>
        Should.Throw<OverflowException>(() => RequestChunks.Each(8, threads, _ => throw new OverflowException("too many")));

    [Fact]
    public void An_option_that_takes_nothing_is_in_no_list_of_a_row()
    {
        // Three requests, each alone in its pool, each with a candidate that takes nothing.
        var season = Build.Season(
            [Build.Pool("p", 1), Build.Pool("q", 1), Build.Pool("s", 1)],
            [.. new[] { "p", "q", "s" }.Select(pool => Build.Ask(pool, 3, Build.At(0, [1], 0, pool), Build.At(0, [0], 1, pool)))]);
        var table = Presolve.Run(season).Table;
        table.Components.ShouldBe(3);
        var incumbent = new Incumbent(table);
        incumbent.Place(1, table.FirstOption[1] + 1, 1);
        incumbent.Place(2, table.FirstOption[2] + 1, 1);
        incumbent.Next(2).ShouldNotBe(1);
        incumbent.Remove(1);
        incumbent.Remove(2);
        Enumerable.Range(0, table.FirstRows).ShouldAllBe(row => incumbent.FirstIn(row) == -1);
    }

    [Fact]
    public void A_season_too_large_for_one_model_gives_the_same_plan_for_any_number_of_threads()
    {
        var crowd = Build.Crowd(2_000, 6, 1.8);
        var season = crowd with
        {
            Requests = [.. crowd.Requests.Select(request => request.MinGroup is not null || request.Mandatory ? request : request with
            {
                Candidates = [.. request.Candidates, request.Candidates[0] with { Seats = [0], Cost = 0.9 * request.Value }],
            })],
        };
        string Text(int threads) => Build.Text(Build.Solve(season, threads, effort: 0.05));
        var one = Build.Solve(season, 1, effort: 0.05);
        one.Assignments.Count(row => row.Candidate == 6).ShouldBeGreaterThan(100);
        Text(3).ShouldBe(Build.Text(one));
    }

    [Fact]
    public void Several_threads_read_pools_without_slots()
    {
        var season = Build.Season(
            [Build.Pool("p", 1), new Pool("none", [])],
            [.. Enumerable.Range(0, SeveralChunks).Select(index => Build.Ask($"r{index}", 1, Build.At(index, [1], 0, "none")))]);
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 3 }, null, null, TestContext.Current.CancellationToken);
        plan.Assignments.ShouldBeEmpty();
        plan.Unserved.ShouldAllBe(row => row.Reason == UnservedReason.TooBig && row.BlockedBy[0].SeatsMissing == 1);
    }
}
