namespace Scheduler.Solver.Tests;

/// <summary>The bound as each stage proves it, before the plan is assembled, against exhaustive search; and tolerances that follow the values of the
/// instance.</summary>
public sealed class BoundTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(1e-10)]
    [InlineData(1e15)]
    public void The_bound_of_every_stage_is_at_least_the_best_value(double unit)
    {
        for (var seed = 30_000; seed < 30_250; seed++)
        {
            var instance = Scaled(TinySeasons.Draw(seed), unit);
            var (value, _, _, _) = TinyOracle.Solve(instance);
            var run = Start(instance);
            double.IsFinite(run.Bound).ShouldBeFalse();
            // No margin but the last digits of the oracle's own sum: the bound must include the rounding of its sums.
            var least = value - (1e-15 * instance.Requests.Sum(request => Math.Abs(request.Value)));
            Price.Run(run);
            run.Bound.ShouldBeGreaterThanOrEqualTo(least, $"{instance.Name}, price");
            Construct.Optional(run);
            Improve.Run(run);
            run.RecomputeValue();
            Refine.Run(run);
            run.Bound.ShouldBeGreaterThanOrEqualTo(least, $"{instance.Name}, refine");
            run.RecomputeValue();
            run.Value.ShouldBeLessThanOrEqualTo(value + (1e-12 * unit), instance.Name);
        }
    }

    [Theory]
    [InlineData(1e-10)]
    [InlineData(1e15)]
    public void Tiny_seasons_of_any_unit_are_solved_to_the_best_value(double unit)
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var instance = Scaled(TinySeasons.Draw(seed), unit);
            var (value, _, _, _) = TinyOracle.Solve(instance);
            var objective = Build.Solve(instance, effort: 0.2).Objective;
            objective.ValueBeforeSharing.ShouldBe(value, 1e-9 * unit, instance.Name);
            objective.Bound.ShouldBe(value, 1e-9 * unit, instance.Name);
        }
    }

    [Theory]
    [InlineData(-33)]
    [InlineData(50)]
    public void Prices_and_search_take_the_same_steps_in_any_unit(int exponent)
    {
        // A power of two scales every sum exactly, so any difference comes from a tolerance that is not relative.
        var season = Build.Crowd(400, 7, 1.8);
        var (one, other) = (Searched(season), Searched(Scaled(season, Math.Pow(2, exponent))));
        other.Incumbent.Option.ShouldBe(one.Incumbent.Option);
        other.Incumbent.Seats.ShouldBe(one.Incumbent.Seats);
        (other.Bound / Math.Pow(2, exponent)).ShouldBe(one.Bound);
    }

    [Fact]
    public void A_bound_below_the_value_is_a_fault()
    {
        var run = Searched(Build.Crowd(60, 3));
        var good = new PlanFigures(run.Bound, run.Value, 1);
        Plan Assembled(PlanFigures figures) => Assemble.Run(run.Season, run.Incumbent, run.Prices, figures, run.Budget, StopReason.Converged, []);
        Assembled(good).Objective.Bound.ShouldBe(run.Bound);
        Should.Throw<InvalidOperationException>(() => Assembled(good with { Bound = run.Value * (1 - 1e-9) })).Message.ShouldContain("below the value");
        Assembled(good with { Bound = Math.BitDecrement(run.Value) }).Objective.Bound.ShouldBe(run.Value);
    }

    [Fact]
    public void A_stage_has_no_bound_until_one_is_proven()
    {
        var plan = Build.Solve(Build.Crowd(60, 3), effort: 0.1);
        plan.Stages.TakeWhile(stage => stage.Name != "price").ShouldAllBe(stage => stage.Bound == null);
        plan.Stages.SkipWhile(stage => stage.Name != "price").ShouldAllBe(stage => stage.Bound != null);
        Build.Text(plan).ShouldContain("""{"name":"presolve","seconds":0,"value":""");
        Build.Text(plan).ShouldNotContain("\"bound\":null");
    }

    private static SolveRun Start(Instance instance)
    {
        var run = new SolveRun(new SolveBudget { Threads = 1, Effort = 0.1 }, null, new StopSignal(null, CancellationToken.None));
        run.Start(Presolve.Run(instance));
        ShortfallReduction.Run(run.Incumbent, run.Exact, 1, run.Stop);
        MandatoryStage.Run(run);
        return run;
    }

    private static SolveRun Searched(Instance instance)
    {
        var run = new SolveRun(new SolveBudget { Threads = 1, Effort = 0.1 }, null, new StopSignal(null, CancellationToken.None));
        run.Start(Presolve.Run(instance));
        MandatoryStage.InsertGreedily(run);
        Price.Run(run);
        Construct.Optional(run);
        run.RecomputeValue();
        Improve.Run(run);
        run.RecomputeValue();
        return run;
    }

    private static Instance Scaled(Instance instance, double unit) => instance with
    {
        Requests = [.. instance.Requests.Select(request => request with
        {
            Value = request.Value * unit,
            Current = request.Current is { } current ? current with { MoveCost = current.MoveCost * unit } : null,
            Candidates = [.. request.Candidates.Select(candidate => candidate with { Cost = candidate.Cost * unit })],
        })],
    };
}
