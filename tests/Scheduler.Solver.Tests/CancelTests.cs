namespace Scheduler.Solver.Tests;

/// <summary>A cancel ends the counted work of the running stage and of every later one. The plan is valid.</summary>
public sealed class CancelTests
{
    [Theory]
    [InlineData("presolve")]
    [InlineData("mandatory")]
    [InlineData("price")]
    [InlineData("construct")]
    [InlineData("improve")]
    [InlineData("refine")]
    [InlineData("share")]
    public void After_a_cancel_at_most_one_more_step_is_reported(string stage)
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
    public void Without_any_time_the_plan_is_valid_and_says_timeLimit()
    {
        var season = Build.Crowd(300, 4, 1.8);
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 2, TimeLimit = TimeSpan.Zero }, null, null, TestContext.Current.CancellationToken);
        plan.StopReason.ShouldBe(StopReason.TimeLimit);
        plan.Assignments.ShouldNotBeEmpty();
        PlanChecker.Faults(season, plan).ShouldBeEmpty();
    }

    [Fact]
    public void The_shortfall_stage_ends_at_a_cancel_and_the_rest_is_listed()
    {
        using var cut = new CancellationTokenSource();
        cut.Cancel();
        var current = Enumerable.Range(0, 4)
            .Select(k => Build.Ask($"r{k}", 1, Build.At(0, [5]), Build.At(k + 1, [5])) with { Current = new CurrentPlace(0, true, 0) });
        var season = Build.Season([Build.Pool("p", 5, 5, 5, 5, 5)], [.. current]);
        Build.Solve(season).Shortfall.ShouldBeEmpty();
        var plan = PlanSolver.Solve(season, new SolveBudget { Threads = 1 }, null, null, cut.Token);
        plan.StopReason.ShouldBe(StopReason.Cancelled);
        plan.Shortfall.ShouldHaveSingleItem().Seats.ShouldBe(15);
    }

    [Fact]
    public void One_insertion_places_a_limited_number_of_parts_and_the_next_one_continues()
    {
        const int Slots = 8_000;
        var season = Build.Season(
            [Build.Pool("p", [.. Enumerable.Repeat(1, Slots)])],
            Build.Ask("a", Slots, [.. Enumerable.Range(0, Slots).Select(k => Build.At(k, [Slots]))]) with { MinGroup = 1 });
        var table = Presolve.Run(season).Table;
        var (incumbent, prices) = (new Incumbent(table), new Prices(table));
        Insert.Run(incumbent, prices, 0, 0).ShouldBeTrue();
        incumbent.UnservedSeats[0].ShouldBe(Slots - 500);
        Insert.Run(incumbent, prices, 0, 0).ShouldBeTrue();
        incumbent.UnservedSeats[0].ShouldBe(Slots - 1_000);
    }

    [Fact]
    public void After_a_cancel_standalone_seats_are_counted_without_a_model()
    {
        using var cut = new CancellationTokenSource();
        var split = Build.Ask("a", 6, Build.At(0, [6, 6]), Build.At(0, [6]), Build.At(1, [6])) with { MinGroup = 2 };
        var season = Presolve.Run(Build.Season([Build.Pool("p", 3, 3)], split));
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
