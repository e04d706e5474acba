namespace Scheduler.Solver.Tests;

/// <summary>A cancel ends the counted work of the stage it meets, and of every one after it; the plan that comes is sound.</summary>
public sealed class CancelTests
{
    [Theory]
    [InlineData("reduce")]
    [InlineData("must")]
    [InlineData("price")]
    [InlineData("place")]
    [InlineData("improve")]
    [InlineData("refine")]
    [InlineData("share")]
    public void After_a_cancel_at_most_one_more_step_of_work_is_told(string stage)
    {
        using var cut = new CancellationTokenSource();
        var watch = new CutAt(stage, cut);
        var season = Build.Crowd(300, 4, 1.8);
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 2, Effort = 0.3 }, watch, null, cut.Token);
        plan.StopReason.ShouldBe(StopReason.Cancelled);
        watch.StepsAfter.ShouldBeLessThanOrEqualTo(1);
        PlanChecker.Faults(season, plan).ShouldBeEmpty();
    }

    [Fact]
    public void Without_any_time_a_sound_plan_comes_that_says_so()
    {
        var season = Build.Crowd(300, 4, 1.8);
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 2, TimeLimit = TimeSpan.Zero }, null, null, TestContext.Current.CancellationToken);
        plan.StopReason.ShouldBe(StopReason.TimeLimit);
        plan.Assignments.ShouldNotBeEmpty();
        PlanChecker.Faults(season, plan).ShouldBeEmpty();
    }

    [Fact]
    public void Relief_ends_at_a_cancel_and_what_remains_is_listed()
    {
        using var cut = new CancellationTokenSource();
        cut.Cancel();
        var sits = Enumerable.Range(0, 4).Select(k => Build.Ask($"r{k}", 1, Build.At(0, [5]), Build.At(k + 1, [5])) with { Current = new CurrentPlace(0, true, 0) });
        var season = Build.Season([Build.Pool("p", 5, 5, 5, 5, 5)], [.. sits]);
        Build.Solve(season).Shortfall.ShouldBeEmpty();
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 1 }, null, null, cut.Token);
        plan.StopReason.ShouldBe(StopReason.Cancelled);
        plan.Shortfall.ShouldHaveSingleItem().Seats.ShouldBe(15);
    }

    [Fact]
    public void One_insertion_of_very_many_parts_ends_and_the_next_goes_on()
    {
        const int Slots = 8_000;
        var season = Build.Season(
            [Build.Pool("p", [.. Enumerable.Repeat(1, Slots)])],
            Build.Ask("a", Slots, [.. Enumerable.Range(0, Slots).Select(k => Build.At(k, [Slots]))]) with { MinGroup = 1 });
        var table = Reduce.Run(season).Table;
        var (incumbent, prices) = (new Incumbent(table), new Prices(table));
        Insert.Run(incumbent, prices, 0, 0).ShouldBeTrue();
        incumbent.Left[0].ShouldBe(Slots - 500);
        Insert.Run(incumbent, prices, 0, 0).ShouldBeTrue();
        incumbent.Left[0].ShouldBe(Slots - 1_000);
    }

    [Fact]
    public void Seats_that_could_be_served_alone_are_counted_without_a_model_after_a_cancel()
    {
        using var cut = new CancellationTokenSource();
        var season = Reduce.Run(Build.Season([Build.Pool("p", 3, 3)], Build.Ask("a", 6, Build.At(0, [6, 6]), Build.At(0, [6]), Build.At(1, [6])) with { MinGroup = 2 }));
        new ServedRatios(season, new StopSignal(null, cut.Token)).Seats[0].ShouldBe(6);
        cut.Cancel();
        new ServedRatios(season, new StopSignal(null, cut.Token)).Seats[0].ShouldBe(3);
    }

    private sealed class CutAt(string stage, CancellationTokenSource cut) : IProgress<SolveProgress>
    {
        private int _stepsAfter;

        public int StepsAfter => _stepsAfter;

        public void Report(SolveProgress value)
        {
            if (cut.IsCancellationRequested && value.Done < 1)
                Interlocked.Increment(ref _stepsAfter);
            if (value.Stage == stage)
                cut.Cancel();
        }
    }
}
