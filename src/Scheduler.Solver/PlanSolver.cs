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
        var reached = new double[season.Table.Blocks];
        Place.Sitting(incumbent);
        Place.Run(incumbent, prices, run.Stop);
        for (var u = 0; u < incumbent.Option.Length; u++)
            reached[season.Table.Block[incumbent.UnitRequest[u]]] += incumbent.Option[u] >= 0 ? incumbent.Worth(u) : 0;
        run.Value = season.FixedValue + incumbent.Value();
        var price = new Price(season.Table, season.Table.Capacity, prices);
        run.Stage("price", () =>
        {
            price.Run(300, reached, budget.Threads, run.Stop, run.Tell);
            return run.Bound = season.FixedValue + price.Bound;
        });
        incumbent = new Incumbent(season.Table);
        run.Stage("place", () =>
        {
            Place.Sitting(incumbent);
            Place.Run(incumbent, prices, run.Stop);
            return run.Value = season.FixedValue + incumbent.Value();
        });
        run.Stage("improve", () =>
        {
            var improve = new Improve(incumbent, prices) { StepsPerRequest = 10 * budget.Effort };
            const int Rounds = 12;
            for (var round = 0; round < Rounds && !run.Stop.IsSet; round++)
            {
                var t = double.Parse(Environment.GetEnvironmentVariable("T0") ?? "0.05", System.Globalization.CultureInfo.InvariantCulture);
                improve.Round(round, budget.Seed, t * (Rounds - round - 1) / Rounds, t * Math.Max(0, Rounds - round - 2) / Rounds, null, budget.Threads, run.Stop);
                run.Value = season.FixedValue + incumbent.Value();
                run.Tell(round / (double)Rounds);
            }
            return run.Value;
        });
        var ratios = new ServedRatios(season);
        var figures = new PlanFigures(run.Bound, run.Value, ratios.Worst(incumbent));
        var plan = Assemble.Run(season, incumbent, prices, figures, budget.Seed, run.Stop.Reason, run.Reports);
        var faults = PlanChecker.Faults(instance, plan);
        return faults.Count == 0 ? plan : throw new InvalidOperationException("The plan does not pass the check: " + string.Join("; ", faults.Take(5)));
    }
}
