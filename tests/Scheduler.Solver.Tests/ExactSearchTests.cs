using FsCheck.Xunit;

namespace Scheduler.Solver.Tests;

/// <summary>Compares tiny seasons with exhaustive search: value, bound, shortfall, mandatory value and the fairest ratios.</summary>
public sealed class ExactSearchTests
{
    [Fact]
    public void Tiny_seasons_are_solved_to_the_best_value_and_the_fairest_ratios()
    {
        var faults = new List<string>();
        for (var seed = 0; seed < 400; seed++)
        {
            try
            {
                Compare(TinySeasons.Draw(seed));
            }
            catch (Exception fault) when (fault is ShouldAssertException or InvalidOperationException)
            {
                faults.Add($"seed {seed}: {fault.Message}");
            }
        }
        faults.ShouldBeEmpty();
    }

    [Property(MaxTest = 60)]
    public void Any_tiny_season_is_solved_like_exhaustive_search(int seed) => Compare(TinySeasons.Draw(seed & int.MaxValue));

    private static void Compare(Instance instance)
    {
        var (value, _, shortfall, ratios) = TinyOracle.Solve(instance);
        var plan = PlanSolver.Solve(instance, new SolveBudget { Threads = 1 }, null, null, TestContext.Current.CancellationToken);
        var name = instance.Name;
        plan.Objective.ValueBeforeSharing.ShouldBe(value, 1e-6, name);
        plan.Objective.Bound.ShouldBe(value, 1e-6, name);
        plan.Shortfall.Sum(row => row.Seats).ShouldBe(shortfall, name);
        if (instance.FairnessSlack > 0)
        {
            var served = plan.Assignments.GroupBy(row => row.Request).ToDictionary(rows => rows.Key, rows => rows.Sum(row => (long)row.Seats));
            var had = TinyOracle.RatiosOf(instance, r => served.GetValueOrDefault(instance.Requests[r].Id));
            TinyOracle.Compare(had, ratios).ShouldBe(0, $"{name}: {string.Join(" ", had)} against {string.Join(" ", ratios)}");
        }
        plan.StopReason.ShouldBe(StopReason.Converged, name);
    }
}
