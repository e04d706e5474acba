namespace Scheduler.Solver;

/// <summary>Stage 6: CP-SAT where it can still tell something: the whole season when it is small, else neighbourhoods of every block that is not yet at its bound
/// (large neighbourhood search, Shaw 1998), each model small, hinted, and bounded in deterministic time.</summary>
internal static class Refine
{
    private const long MostOptions = 1_300;
    private const int Patience = 10;

    public static bool Run(SolveRun run)
    {
        if (run.Table.Options == 0 || run.Stop.IsSet)
            return true;
        if (ExactModel.Entries(run.Table, Enumerable.Range(0, run.Table.Requests)) <= ExactPlan.MostEntries)
            Whole(run);
        if (run.Whole is not { IsOptimal: true })
        {
            Neighbourhoods(run);
            Kernel.Run(run);
        }
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

    private static void Neighbourhoods(SolveRun run)
    {
        const int Rounds = 3;
        var improve = new Improve(run.Incumbent, run.Prices);
        var values = run.ValueByBlock();
        var lost = values.Select((value, block) => Math.Max(0, run.BlockBound[block] - value)).ToArray();
        var all = lost.Sum();
        // Within a thousandth of the bound the seconds that models take buy next to nothing.
        if (all <= 1e-3 * Math.Abs(values.Sum()))
            return;
        for (var round = 0; round < Rounds && !run.Stop.IsSet; round++)
        {
            var place = round;
            improve.Each(round, [.. lost.Select(one => one < 0.02 * all)], run.Budget.Threads, (block, view, scope) =>
            {
                var steps = (int)Math.Ceiling(6 * run.Budget.Effort * lost[block] / all);
                Steps(run, view, scope, steps, Dice.For(run.Budget.Seed, 1_000 + place, block));
            });
            run.Count();
            run.Tell((round + 1) / (double)Rounds);
        }
        Improve.Fill(run);
    }

    private static void Steps(SolveRun run, Incumbent view, SearchScope scope, int steps, Dice dice)
    {
        var (freed, solve) = (new FreedSet(view, scope, MostOptions), new ExactSolve(run.Budget.Seed, run.Stop));
        var (size, failures) = (1.0, 0);
        for (var step = 0; step < steps && failures < Patience && !run.Stop.IsSet; step++)
        {
            var set = freed.Draw(ref dice, size);
            var hasGained = Step(run, view, solve, set, out var isProven);
            freed.Learn(hasGained);
            failures = hasGained ? 0 : failures + 1;
            size = Math.Clamp(isProven ? size * 1.25 : size * 0.75, 0.1, 2);
            scope.Settle(set, view);
        }
    }

    /// <summary>Solves the freed requests anew in the room they and nobody else hold; kept when worth more and nothing mandatory is lost.</summary>
    private static bool Step(SolveRun run, Incumbent view, ExactSolve solve, int[] set, out bool isProven)
    {
        var table = run.Table;
        var log = new StepLog(view, null);
        log.Begin();
        foreach (var r in set)
            log.Watch(r);
        var model = new ExactModel(view, set, r => table.Duty[r] == Duty.Sits || (table.Duty[r] == Duty.Mandatory && view.IsServed(r)));
        if (model.Excess.Count > 0)
        {
            isProven = false;
            return false;
        }
        double Worth(int r, int option) => table.Worth[option];
        model.Model.Maximize(model.Sum(Worth, WorthScale.For(set.SelectMany(r => Enumerable.Range(table.FirstOption[r], table.FirstOption[r + 1] - table.FirstOption[r])
            .Select(option => table.Worth[option] / (table.IsSplit(r) ? table.Size[r] : 1))))));
        var status = solve.Run(model.Model, 0.05);
        isProven = status == Google.OrTools.Sat.CpSolverStatus.Optimal;
        if (!ExactSolve.HasAnswer(status))
            return false;
        model.Apply(solve.Solver);
        var (mandatory, value, isLost) = log.Change();
        if (isLost || mandatory < -1e-9 || (mandatory <= 1e-9 && value <= 1e-9))
        {
            log.Undo();
            return false;
        }
        return true;
    }
}
