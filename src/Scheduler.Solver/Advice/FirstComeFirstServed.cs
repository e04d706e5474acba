namespace Scheduler.Solver;

/// <summary>The plan of a queue without a solver: bookings stay where they are, and each request in turn, in the order of the instance, takes its cheapest
/// candidate that still fits. Mandatory requests come before the others. Plans are compared with it.</summary>
public static class FirstComeFirstServed
{
    /// <summary>The plan. Its bound is proven but loose: it ignores capacity.</summary>
    /// <param name="instance">A valid instance. The order of its requests is the order of the queue.</param>
    /// <param name="threads">Threads to use; the plan is the same for any number.</param>
    /// <param name="cancel">Ends the work early: the requests that are left stay unserved.</param>
    /// <exception cref="InvalidOperationException">The plan did not pass the checker: a fault of the solver.</exception>
    public static Plan Run(Instance instance, int threads = 2, CancellationToken cancel = default)
    {
        var run = new SolveRun(new SolveBudget { Threads = threads }, null, new StopSignal(null, cancel));
        run.Stage("presolve", () => run.Start(Presolve.Run(instance, threads)));
        run.Stage("queue", () => Place(run));
        run.Stage("bound", () => BoundWithoutCapacity(run));
        var figures = new PlanFigures(run.Bound, run.Value, run.Ratios.Worst(run.Incumbent));
        var plan = Assemble.Run(run.Season, run.Incumbent, run.Prices, figures, run.Budget, run.Stop.Reason, run.Reports);
        var faults = PlanChecker.Faults(instance, plan, threads);
        return faults.Count == 0 ? plan : throw new InvalidOperationException("The plan does not pass the checker: " + string.Join("; ", faults.Take(5)));
    }

    private static void Place(SolveRun run)
    {
        const int RequestsBetweenPolls = 1_024;
        var table = run.Table;
        foreach (var service in (ServiceClass[])[ServiceClass.Mandatory, ServiceClass.Optional])
        {
            for (var r = 0; r < table.Requests; r++)
            {
                if (r % RequestsBetweenPolls == 0 && service == ServiceClass.Optional && run.Stop.IsSet)
                    return;
                if (table.Service[r] == service && table.FirstOption[r + 1] > table.FirstOption[r])
                    Insert.Run(run.Incumbent, run.Prices, r, 0);
            }
        }
    }

    /// <summary>The bound at prices of 0: each request takes its best candidate.</summary>
    private static void BoundWithoutCapacity(SolveRun run)
    {
        var price = new Price(run.Table, run.Table.Capacity, run.Prices) { IsMandatoryServed = false };
        price.Run(0, new double[run.Table.Components], run.Budget.Threads, run.Stop, _ => { });
        run.TightenBound(price.Bound);
    }
}
