namespace Scheduler.Solver;

/// <summary>Turns an instance into a plan: reduce → price → place → improve → refine → share → check.</summary>
public static class PlanSolver
{
    /// <summary>Solves one instance.</summary>
    /// <param name="instance">A valid instance (see <see cref="InstanceChecks.FirstFault"/>).</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="progress">Told of every step, from any thread; null for nobody.</param>
    /// <param name="cancel">Ends the work within half a second; the best plan so far is returned.</param>
    /// <exception cref="InvalidOperationException">The plan did not pass the checker: a fault of the solver.</exception>
    public static Plan Solve(Instance instance, SolveBudget budget, IProgress<SolveProgress>? progress = null, CancellationToken cancel = default)
    {
        var run = new SolveRun(budget, progress, new StopSignal(budget.TimeLimit, cancel));
        var season = run.Stage("reduce", () => Reduce.Run(instance));
        var prices = new Prices(season.Table);
        var incumbent = new Incumbent(season.Table);
        run.Bound = season.FixedValue + Enumerable.Range(0, season.Table.Requests).Sum(r => season.Table.Worth
            .Skip(season.Table.FirstOption[r]).Take(season.Table.FirstOption[r + 1] - season.Table.FirstOption[r]).DefaultIfEmpty(0).Max());
        run.Stage("place", () =>
        {
            Place.Sitting(incumbent);
            Place.Run(incumbent, prices, run.Stop);
            return run.Value = season.FixedValue + incumbent.Value();
        });
        var ratios = new ServedRatios(season);
        var figures = new PlanFigures(run.Bound, run.Value, ratios.Worst(incumbent));
        var plan = Assemble.Run(season, incumbent, prices, figures, budget.Seed, run.Stop.Reason, run.Reports);
        var faults = PlanChecker.Faults(instance, plan);
        return faults.Count == 0 ? plan : throw new InvalidOperationException("The plan does not pass the check: " + string.Join("; ", faults.Take(5)));
    }
}
