namespace Scheduler.Solver.Tests;

/// <summary>What is done in chunks of requests side by side: the same for any number of threads, in more chunks than one.</summary>
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
        var (first, second) = (Reduce.Run(season, 1), Reduce.Run(season, 3));
        second.FixedSeats.ShouldBe(first.FixedSeats);
        var (one, three) = (first.Table, second.Table);
        three.FirstOption.ShouldBe(one.FirstOption);
        three.Worth.ShouldBe(one.Worth);
        three.Row.ShouldBe(one.Row);
        three.SecondRow.ShouldBe(one.SecondRow);
        three.Profile.ShouldBe(one.Profile);
        three.Candidate.ShouldBe(one.Candidate);
        three.Capacity.ShouldBe(one.Capacity);
        three.Sits.ShouldBe(one.Sits);
        three.Group.ShouldBe(one.Group);
        three.Size.ShouldBe(one.Size);
        three.SecondScale.ShouldBe(one.SecondScale);
        three.Block.ShouldBe(one.Block);
        three.ReachFrom.ShouldBe(one.ReachFrom);
        three.Profiles.Amount.ShouldBe(one.Profiles.Amount);
        one.Sits[^1].ShouldBe(one.FirstOption[^2] + 1);
    }

    [Fact]
    public void What_is_cut_before_it_began_is_filled_explained_and_checked_alike_for_any_number_of_threads()
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
    public void What_one_piece_throws_comes_out_as_it_is_for_any_number_of_threads(int threads) =>
        Should.Throw<OverflowException>(() => RequestChunks.Each(8, threads, _ => throw new OverflowException("too many")));

    [Fact]
    public void What_takes_nothing_is_in_no_list_that_blocks_share()
    {
        // Each alone in its pool, each with a candidate that takes nothing.
        var season = Build.Season(
            [Build.Pool("p", 1), Build.Pool("q", 1), Build.Pool("s", 1)],
            [.. new[] { "p", "q", "s" }.Select(pool => Build.Ask(pool, 3, Build.At(0, [1], 0, pool), Build.At(0, [], 1, pool)))]);
        var table = Reduce.Run(season).Table;
        table.Blocks.ShouldBe(3);
        var incumbent = new Incumbent(table);
        incumbent.Place(1, table.FirstOption[1] + 1, 1);
        incumbent.Place(2, table.FirstOption[2] + 1, 1);
        incumbent.Next(2).ShouldNotBe(1);
        incumbent.Remove(1);
        incumbent.Remove(2);
        Enumerable.Range(0, table.FirstRows).ShouldAllBe(row => incumbent.FirstIn(row) == -1);
    }

    [Fact]
    public void A_season_too_large_for_one_model_is_searched_alike_for_any_number_of_threads()
    {
        var crowd = Build.Crowd(2_000, 6, 1.8);
        var season = crowd with
        {
            Requests = [.. crowd.Requests.Select(request => request.MinGroup is not null || request.Mandatory ? request : request with
            {
                Candidates = [.. request.Candidates, request.Candidates[0] with { Seats = [], Cost = 0.9 * request.Value }],
            })],
        };
        string Text(int threads) => Build.Text(Build.Solve(season, threads, effort: 0.05));
        var one = Build.Solve(season, 1, effort: 0.05);
        one.Assignments.Count(row => row.Candidate == 6).ShouldBeGreaterThan(100);
        Text(3).ShouldBe(Build.Text(one));
    }

    [Fact]
    public void Pools_without_slots_are_asked_side_by_side()
    {
        var season = Build.Season(
            [Build.Pool("p", 1), new Pool("none", [])],
            [.. Enumerable.Range(0, SeveralChunks).Select(index => Build.Ask($"r{index}", 1, Build.At(index, [1], 0, "none")))]);
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 3 }, null, null, TestContext.Current.CancellationToken);
        plan.Assignments.ShouldBeEmpty();
        plan.Unserved.ShouldAllBe(row => row.Reason == UnservedReason.TooBig && row.BlockedBy[0].SeatsMissing == 1);
    }
}
