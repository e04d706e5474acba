namespace Scheduler.Solver;

/// <summary>Stage 9: the fairest served ratios within the slack of the best value, the worst institution first (R11). A season of one model is shared exactly
/// (<see cref="LeximinSolve"/>). Otherwise each institution below the mean ratio gets a growing bonus on its requests, each above a malus (reweighting), and
/// local search runs with them. Of all plans above the floor the best by leximin is kept.</summary>
internal static class Share
{
    private const double HighestBonus = 3;
    private const double LowestBonus = -0.15;

    public static void Run(SolveRun run)
    {
        var slack = run.Season.Instance.FairnessSlack;
        if (slack <= 0 || run.Stop.IsSet || run.Table.Options == 0)
            return;
        var value = run.Season.FixedValue + run.Incumbent.Value();
        var floor = value - (slack * Math.Abs(value)) - run.Season.FixedValue;
        var whole = run.Budget.SharesBySearch ? null : run.Whole;
        if (whole is not { IsOptimal: true })
            BySearch(run, floor + (1e-12 * Math.Abs(value)));
        if (whole is not null)
            Exactly(run, whole, floor, Math.Abs(value));
    }

    /// <summary>Shares the whole season as one model. When its best value was not proven, the model starts from the search's plan, which stays unless the
    /// model finds a fairer one.</summary>
    private static void Exactly(SolveRun run, LexicographicSolve whole, double floor, double magnitude)
    {
        var incumbent = run.Incumbent;
        var (plan, ratios, value) = (incumbent.Snapshot(), run.Ratios.Sorted(incumbent), incumbent.Value());
        var (mandatory, excess) = (incumbent.MandatoryValue(), ShortfallReduction.Excess(incumbent));
        if (!whole.IsOptimal)
        {
            if (ratios.Length == 0 || ratios[0] >= 1)
                return;
            whole.Exact.Rehint();
        }
        new LeximinSolve(run.Season, run.Ratios, whole).Run(floor, (whole.IsOptimal ? 2 : 0.5) * run.Budget.Effort);
        var fairer = ServedRatios.Compare(run.Ratios.Sorted(incumbent), ratios);
        var isWorse = fairer < 0 || (fairer == 0 && incumbent.Value() < value) || incumbent.Value() < floor - (1e-9 * magnitude)
            || incumbent.MandatoryValue() < mandatory - run.Table.MandatoryRounding || ShortfallReduction.Excess(incumbent) > excess;
        if (isWorse)
            incumbent.Restore(plan);
    }

    private static void BySearch(SolveRun run, double floor)
    {
        var (incumbent, ratios) = (run.Incumbent, run.Ratios);
        var best = (Ratios: ratios.Sorted(incumbent), Value: incumbent.Value(), Plan: incumbent.Snapshot());
        var mandatory = incumbent.MandatoryValue();
        var bonus = new double[ratios.Seats.Count];
        var search = new LocalSearch(incumbent, run.Prices)
        {
            StepsPerRequest = SearchSettings.SharingSteps * SearchSettings.StepsPerRequest(run.Table, run.Budget.Effort),
            Bonus = new double[run.Table.Requests],
        };
        var strength = 1.0;
        for (var round = 0; round < SearchSettings.SharingRounds && !run.Stop.IsSet && best.Ratios.Length > 0 && best.Ratios[0] < 1; round++)
        {
            Reweight(run, bonus, strength, search.Bonus!);
            search.Round(round + 100, run.Budget.Seed, new Cooling(0.01, 0), search.FullyServedComponents(), run.Budget.Threads, run.Stop);
            var value = incumbent.Value();
            if (value < floor || incumbent.MandatoryValue() < mandatory - run.Table.MandatoryRounding)
            {
                // Below the floor: go back to the fairest plan and halve the bonuses.
                incumbent.Restore(best.Plan);
                for (var owner = 0; owner < bonus.Length; owner++)
                    bonus[owner] *= 0.5;
                strength *= 0.5;
                continue;
            }
            var now = ratios.Sorted(incumbent);
            if (ServedRatios.Compare(now, best.Ratios) is var order && (order > 0 || (order == 0 && value > best.Value)))
                best = (now, value, incumbent.Snapshot());
            run.RecomputeValue();
            run.ReportProgress((round + 1) / (double)SearchSettings.SharingRounds);
        }
        incumbent.Restore(best.Plan);
    }

    /// <summary>Changes each institution's bonus by its distance from the mean ratio, and applies it to its requests as a share of their net value.</summary>
    private static void Reweight(SolveRun run, double[] bonus, double strength, double[] byRequest)
    {
        var served = run.Ratios.Served(run.Incumbent);
        var (all, could) = (0L, 0L);
        for (var owner = 0; owner < bonus.Length; owner++)
            (all, could) = (all + served[owner], could + run.Ratios.Seats[owner]);
        var mean = could == 0 ? 1 : all / (double)could;
        for (var owner = 0; owner < bonus.Length; owner++)
        {
            if (!run.Ratios.Counts(owner))
                continue;
            var distance = mean - (served[owner] / (double)run.Ratios.Seats[owner]);
            bonus[owner] = Math.Clamp(bonus[owner] + (strength * distance * (distance > 0 ? 2 : 0.5)), LowestBonus, HighestBonus);
        }
        for (var r = 0; r < byRequest.Length; r++)
        {
            if (run.Table.FirstOption[r + 1] > run.Table.FirstOption[r])
                byRequest[r] = bonus[run.Table.Owner[r]] * Math.Max(0, run.Table.NetValue[run.Table.FirstOption[r]]);
        }
    }
}
