namespace Scheduler.Solver;

/// <summary>Stage 7: within the slack of the best value, the fairest served ratios, the worst institution first (R11).</summary>
internal static class Share
{
    public static bool Run(SolveRun run)
    {
        var slack = run.Season.Instance.FairnessSlack;
        if (slack <= 0 || run.Stop.IsSet || run.Season.Instance.Institutions.Count < 1)
            return true;
        var value = run.Season.FixedValue + run.Incumbent.Value();
        var floor = value - (slack * Math.Abs(value)) - run.Season.FixedValue;
        if (run.Whole is { IsOptimal: true } whole)
        {
            var before = run.Incumbent.Snapshot();
            new ExactShare(run.Season, run.Ratios, whole).Run(floor, 2 * run.Budget.Effort);
            if (run.Incumbent.Value() < floor - (1e-9 * Math.Abs(value)))
                run.Incumbent.Restore(before);
        }
        return true;
    }
}
