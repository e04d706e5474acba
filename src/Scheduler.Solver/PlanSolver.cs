namespace Scheduler.Solver;

/// <summary>Turns an instance into a plan: reduce → price → place → improve → refine → share → check.</summary>
public static class PlanSolver
{
    /// <summary>Solves one instance.</summary>
    /// <param name="instance">A valid instance (see <see cref="InstanceChecks.FirstFault"/>).</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="progress">Told of every step, from any thread; null for nobody.</param>
    /// <param name="warm">Yesterday's plan to start from; null to begin afresh.</param>
    /// <param name="cancel">Ends the work within half a second; the best plan so far is returned.</param>
    /// <exception cref="InvalidOperationException">The plan did not pass the checker: a fault of the solver.</exception>
    public static Plan Solve(Instance instance, SolveBudget budget, IProgress<SolveProgress>? progress = null, WarmStart? warm = null, CancellationToken cancel = default)
    {
        var run = new SolveRun(budget, progress, new StopSignal(budget.TimeLimit, cancel));
        run.Stage("reduce", () => run.Open(Reduce.Run(instance, budget.Threads)));
        run.Stage("relieve", () => Relieve.Run(run.Incumbent, run.Exact, 4 * budget.Effort, run.Stop));
        run.Stage(warm is null ? "must" : "warm", () => warm is null ? MustServe.Run(run) : run.Warm(warm));
        run.Stage("price", () => Price.Run(run));
        run.Stage("place", () => Place.Free(run));
        run.Stage("improve", () => Improve.Run(run));
        if (warm is null)
            run.Stage("refine", () => Refine.Run(run));
        run.Stage("claim", () => MustServe.Claim(run));
        var before = run.Value;
        if (warm is null)
            run.Stage("share", () => Share.Run(run));
        if (MustServe.Claim(run))
        {
            // Sharing had made room that something mandatory can use: its value then counts as the value before.
            run.Count();
            before = run.Value;
        }
        var figures = new PlanFigures(run.Bound, before, run.Ratios.Worst(run.Incumbent));
        var plan = Assemble.Run(run.Season, run.Incumbent, run.Prices, figures, budget, run.Stop.Reason, run.Reports);
        var faults = PlanChecker.Faults(instance, plan, budget.Threads);
        return faults.Count == 0 ? plan : throw new InvalidOperationException("The plan does not pass the check: " + string.Join("; ", faults.Take(5)));
    }
}
