namespace Scheduler.Solver;

/// <summary>Stage 7: within the slack of the best value, the fairest served ratios, the worst institution first (R11). A season that is one model is shared exactly
/// (<see cref="ExactShare"/>). Else institutions below the mean ratio get a bonus on what they are served, those above pay one, both growing until the picture
/// changes (multiplicative reweighting), and local search follows; of all plans met above the floor the leximin best is kept.</summary>
internal static class Share
{
    private const int Rounds = 10;
    private const double HighestBonus = 3;

    public static bool Run(SolveRun run)
    {
        var slack = run.Season.Instance.FairnessSlack;
        if (slack <= 0 || run.Stop.IsSet || run.Table.Options == 0)
            return true;
        var value = run.Season.FixedValue + run.Incumbent.Value();
        var floor = value - (slack * Math.Abs(value)) - run.Season.FixedValue;
        var whole = run.Budget.SharesBySearch ? null : run.Whole;
        if (whole is not { IsOptimal: true })
            BySearch(run, floor + (1e-12 * Math.Abs(value)));
        if (whole is not null)
            Exactly(run, whole, floor, Math.Abs(value));
        return true;
    }

    /// <summary>Shares the whole season as one model, level by level. Where its best value could not be proven the search's plan is what it starts from, and stays unless it finds a
    /// fairer one.</summary>
    private static void Exactly(SolveRun run, ExactPlan whole, double floor, double magnitude)
    {
        var incumbent = run.Incumbent;
        var (plan, ratios, value) = (incumbent.Snapshot(), run.Ratios.Sorted(incumbent), incumbent.Value());
        var (mandatory, excess) = (incumbent.MandatoryValue(), Relieve.Excess(incumbent));
        if (!whole.IsOptimal)
        {
            if (ratios.Length == 0 || ratios[0] >= 1)
                return;
            whole.Exact.Rehint();
        }
        new ExactShare(run.Season, run.Ratios, whole).Run(floor, (whole.IsOptimal ? 2 : 0.5) * run.Budget.Effort);
        var fairer = ServedRatios.Compare(run.Ratios.Sorted(incumbent), ratios);
        var isWorse = fairer < 0 || (fairer == 0 && incumbent.Value() < value) || incumbent.Value() < floor - (1e-9 * magnitude)
            || incumbent.MandatoryValue() < mandatory - 1e-9 || Relieve.Excess(incumbent) > excess;
        if (isWorse)
            incumbent.Restore(plan);
    }

    private static void BySearch(SolveRun run, double floor)
    {
        var (incumbent, ratios) = (run.Incumbent, run.Ratios);
        var best = (Ratios: ratios.Sorted(incumbent), Value: incumbent.Value(), Plan: incumbent.Snapshot());
        var mandatory = incumbent.MandatoryValue();
        var bonus = new double[ratios.Seats.Count];
        var improve = new Improve(incumbent, run.Prices) { StepsPerRequest = 0.6 * Improve.StepsFor(run.Table, run.Budget.Effort), Bonus = new double[run.Table.Requests] };
        var strength = 1.0;
        for (var round = 0; round < Rounds && !run.Stop.IsSet && best.Ratios.Length > 0 && best.Ratios[0] < 1; round++)
        {
            Reweigh(run, bonus, strength, improve.Bonus!);
            improve.Round(round + 100, run.Budget.Seed, 0.01, 0, improve.BlocksWithoutUnserved(), run.Budget.Threads, run.Stop);
            var value = incumbent.Value();
            if (value < floor || incumbent.MandatoryValue() < mandatory - 1e-9)
            {
                // Too dear: back to the fairest plan so far, and on more gently.
                incumbent.Restore(best.Plan);
                for (var owner = 0; owner < bonus.Length; owner++)
                    bonus[owner] *= 0.5;
                strength *= 0.5;
                continue;
            }
            var now = ratios.Sorted(incumbent);
            if (ServedRatios.Compare(now, best.Ratios) is var order && (order > 0 || (order == 0 && value > best.Value)))
                best = (now, value, incumbent.Snapshot());
            run.Count();
            run.Tell((round + 1) / (double)Rounds);
        }
        incumbent.Restore(best.Plan);
    }

    /// <summary>Moves each institution's bonus by its distance from the mean ratio, and spreads it over its requests as a share of their worth.</summary>
    private static void Reweigh(SolveRun run, double[] bonus, double strength, double[] byRequest)
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
            bonus[owner] = Math.Clamp(bonus[owner] + (strength * distance * (distance > 0 ? 2 : 0.5)), -0.15, HighestBonus);
        }
        for (var r = 0; r < byRequest.Length; r++)
        {
            if (run.Table.FirstOption[r + 1] > run.Table.FirstOption[r])
                byRequest[r] = bonus[run.Table.Owner[r]] * Math.Max(0, run.Table.Worth[run.Table.FirstOption[r]]);
        }
    }
}
