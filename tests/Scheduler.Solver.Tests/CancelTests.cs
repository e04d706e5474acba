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
