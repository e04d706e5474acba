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
    /// <exception cref="InvalidOperationException">The plan of no stage passed the checker: a fault of the solver.</exception>
    public static Plan Solve(
        Instance instance, SolveBudget budget, IProgress<SolveProgress>? progress = null, WarmStart? warm = null, CancellationToken cancel = default) =>
        Solve(instance, budget, progress, warm, plan => PlanChecker.Faults(instance, plan, budget.Threads), cancel);

    /// <summary>The same with a checker of one's own.</summary>
    internal static Plan Solve(
        Instance instance, SolveBudget budget, IProgress<SolveProgress>? progress, WarmStart? warm, Func<Plan, IReadOnlyList<string>> check,
        CancellationToken cancel)
    {
        var run = new SolveRun(budget, progress, new StopSignal(budget.TimeLimit, cancel));
        if (warm is null && instance.FairnessSlack > 0)
            run.Stop.Reserve(SearchSettings.ReservedForSharing);
        run.Stage("presolve", () => run.Start(Presolve.Run(instance, budget.Threads)));
        run.Stage("shortfall", () => ShortfallReduction.Run(run.Incumbent, run.Exact, SearchSettings.ShortfallSeconds * budget.Effort, run.Stop));
        if (warm is null)
            run.Stage("mandatory", () => MandatoryStage.Run(run));
        else
            run.Stage("warm", () => run.ApplyWarmStart(warm));
        run.Stage("price", () => Price.Run(run));
        var plans = new StagePlans(run);
        plans.Stage("construct", () => Construct.Optional(run));
        plans.Stage("improve", () => Improve.Run(run));
        if (warm is null)
            plans.Stage("refine", () => Refine.Run(run));
        plans.Stage("eject", () => EjectOptional.Run(run));
        run.Stop.Release();
        if (warm is null)
            plans.Share(() => Share.Run(run));
        // Sharing may free room that a mandatory request can use.
        if (EjectOptional.Run(run))
            plans.KeepAsUnshared();
        return plans.LastThatPasses(check);
    }
}
