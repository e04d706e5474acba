namespace Scheduler.Solver;

/// <summary>Stage 6: CP-SAT where it can still tell something: the whole season when it is small, else blocks and neighbourhoods.</summary>
internal static class Refine
{
    public static bool Run(SolveRun run)
    {
        var requests = Enumerable.Range(0, run.Table.Requests);
        if (run.Table.Options > 0 && ExactModel.Entries(run.Table, requests) <= ExactPlan.MostEntries && !run.Stop.IsSet)
            Whole(run);
        return true;
    }

    private static void Whole(SolveRun run)
    {
        var before = run.Incumbent.Snapshot();
        var (excess, mandatory, value) = (Relieve.Excess(run.Incumbent), run.Incumbent.MandatoryValue(), run.Incumbent.Value());
        run.Whole = new ExactPlan(run.Season, run.Incumbent, run.Exact);
        run.Whole.Run(4 * run.Budget.Effort);
        var (nowExcess, nowMandatory) = (Relieve.Excess(run.Incumbent), run.Incumbent.MandatoryValue());
        var isWorse = nowExcess > excess || (nowExcess == excess && (nowMandatory < mandatory - 1e-9
            || (nowMandatory <= mandatory + 1e-9 && run.Incumbent.Value() < value)));
        if (isWorse)
            run.Incumbent.Restore(before);
        run.Prove(run.Whole.Bound);
    }
}
