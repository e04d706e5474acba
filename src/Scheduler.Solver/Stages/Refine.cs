namespace Scheduler.Solver;

/// <summary>Stage 6: CP-SAT where it can still tell something: the whole season when it is small, else neighbourhoods of every block that is not yet at its bound
/// (large neighbourhood search, Shaw 1998), each model small, hinted, and bounded in deterministic time.</summary>
internal static class Refine
{
    // Deterministic seconds: of all steps together in seasons of few requests and of many, and of one step.
    private const double FewSeconds = 2;
    private const double ManySeconds = 1;
    private const double SecondsOfStep = 0.1;
    private const long EntriesOfStep = 4_000;

    // Steps in a row that bring nothing.
    private const int Patience = 40;

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
        run.Whole.Run(2 * run.Budget.Effort);
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
        var (lost, near) = (run.LostByBlock(), run.Near());
        var all = lost.Sum();
        if (all <= near)
            return;
        var improve = new Improve(run.Incumbent, run.Prices);
        // Where the bound is far, plans of few requests still gain from more.
        var few = FewSeconds * Math.Clamp(all / (5 * near), 1, 2.5);
        var work = run.Budget.Effort * (run.Table.Requests <= Improve.FewRequests ? few : ManySeconds);
        var best = FreedSet.Best(run);
        var freed = new FreedSet?[lost.Length];
        var idle = new int[lost.Length];
        for (var round = 0; round < Rounds && !run.Stop.IsSet; round++)
        {
            var turn = round;
            improve.Each(round, [.. lost.Select((one, block) => one < 0.02 * all || idle[block] >= Patience)], run.Budget.Threads, (block, view, scope) =>
            {
                freed[block] ??= new FreedSet(run.Table, run.Prices, scope.Requests, best);
                idle[block] = Steps(run, view, freed[block]!, work * lost[block] / (all * Rounds), idle[block], Dice.For(run.Budget.Seed, 1_000 + turn, block));
            });
            run.Count();
            run.Tell((round + 1) / (double)Rounds);
        }
        Improve.Fill(run);
    }

    /// <summary>Makes steps for so many deterministic seconds, or until nothing has come of them for long; returns how many were idle last.</summary>
    private static int Steps(SolveRun run, Incumbent view, FreedSet freed, double seconds, int idle, Dice dice)
    {
        var solve = new ExactSolve(run.Budget.Seed, run.Stop);
        for (var spent = 0.0; spent < seconds && idle < Patience && !run.Stop.IsSet; spent += Math.Max(1e-3, solve.DeterministicSeconds))
        {
            var set = freed.Draw(view, ref dice);
            // What is worth the same is taken too: it leads elsewhere.
            var (mandatory, value, isProven) = LargeStep.Run(view, solve, set, freed.Kept(view, set, EntriesOfStep), SecondsOfStep, -1e-9);
            idle = mandatory > 1e-9 || value > 1e-9 ? 0 : idle + 1;
            freed.Learn(idle == 0, isProven);
        }
        return idle;
    }
}
