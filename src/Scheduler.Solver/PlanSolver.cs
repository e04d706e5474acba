namespace Scheduler.Solver;

/// <summary>Computes a plan for an instance. The stages, in order: presolve, shortfall, mandatory (or warm), price, construct, improve, refine, eject, share,
/// explain, check. A warm start leaves out refine and share.</summary>
public static class PlanSolver
{
    /// <summary>Solves one instance.</summary>
    /// <param name="instance">A valid instance (see <see cref="InstanceChecks.FirstFault"/>).</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="progress">Receives every step, from any thread; null for nobody.</param>
    /// <param name="warm">An earlier plan to start from; null for a cold start.</param>
    /// <param name="cancel">Ends the search; the best plan so far is returned. Presolve, explain and check always run to their end: docs/solver-figures.md has
    /// the measured delays.</param>
    /// <exception cref="InvalidOperationException">The plan did not pass the checker: a fault of the solver.</exception>
    public static Plan Solve(
        Instance instance, SolveBudget budget, IProgress<SolveProgress>? progress = null, WarmStart? warm = null, CancellationToken cancel = default)
    {
        var run = new SolveRun(budget, progress, new StopSignal(budget.TimeLimit, cancel));
        run.Stage("presolve", () => run.Start(Presolve.Run(instance, budget.Threads)));
        run.Stage("shortfall", () => ShortfallReduction.Run(run.Incumbent, run.Exact, SearchSettings.ShortfallSeconds * budget.Effort, run.Stop));
        if (warm is null)
            run.Stage("mandatory", () => MandatoryStage.Run(run));
        else
            run.Stage("warm", () => run.ApplyWarmStart(warm));
        run.Stage("price", () => Price.Run(run));
        run.Stage("construct", () => Construct.Optional(run));
        run.Stage("improve", () => Improve.Run(run));
        if (warm is null)
            run.Stage("refine", () => Refine.Run(run));
        run.Stage("eject", () => EjectOptional.Run(run));
        var before = run.Value;
        if (warm is null)
            run.Stage("share", () => Share.Run(run));
        if (EjectOptional.Run(run))
        {
            // Sharing freed room that a mandatory request can use. The value then counts as the value before sharing.
            run.RecomputeValue();
            before = run.Value;
        }
        var figures = new PlanFigures(run.Bound, before, run.Ratios.Worst(run.Incumbent));
        var plan = Assemble.Run(run.Season, run.Incumbent, run.Prices, figures, budget, run.Stop.Reason, run.Reports);
        var faults = PlanChecker.Faults(instance, plan, budget.Threads);
        return faults.Count == 0 ? plan : throw new InvalidOperationException("The plan does not pass the checker: " + string.Join("; ", faults.Take(5)));
    }
}
