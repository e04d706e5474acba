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
        var (one, three) = (Reduce.Run(season, 1).Table, Reduce.Run(season, 3).Table);
        three.FirstOption.ShouldBe(one.FirstOption);
        three.Worth.ShouldBe(one.Worth);
        three.Row.ShouldBe(one.Row);
        three.SecondRow.ShouldBe(one.SecondRow);
        three.Profile.ShouldBe(one.Profile);
        three.Candidate.ShouldBe(one.Candidate);
        three.Capacity.ShouldBe(one.Capacity);
        three.Sits.ShouldBe(one.Sits);
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

    [Fact]
    public void Pools_without_slots_are_asked_side_by_side()
    {
        var season = Build.Season(
            [Build.Pool("p", 1), new Pool("none", [])],
            [.. Enumerable.Range(0, SeveralChunks).Select(index => Build.Ask($"r{index}", 1, Build.At(index / 4.0, [1], 0, "none")))]);
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 3 }, null, null, TestContext.Current.CancellationToken);
        plan.Assignments.ShouldBeEmpty();
        plan.Unserved.ShouldAllBe(row => row.Reason == UnservedReason.TooBig && row.BlockedBy[0].SeatsMissing == 1);
    }
}
