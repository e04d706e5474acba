namespace Scheduler.Solver;

/// <summary>A block as one model of its promising options only: those that lose least against the request's best at the prices found (core problem, Balas and Zemel 1980;
/// kernel search, Angelelli, Mansini, Speranza 2010), with what is held now. Solved with a full linear relaxation, which finds what local search cannot where that
/// relaxation is nearly whole, as with unit jobs.</summary>
internal static class Kernel
{
    private const long MostEntries = 20_000;
    private const int Turns = 5;

    public static void Run(SolveRun run)
    {
        var table = run.Table;
        if (run.Stop.IsSet || table.Requests > Improve.FewRequests || !run.IsMandatoryServed || Relieve.Excess(run.Incumbent) > 0)
            return;
        var lost = run.LostByBlock();
        var all = lost.Sum();
        if (all <= run.Near())
            return;
        var (stake, best) = (run.AtStake().Sum(), FreedSet.Best(run));
        for (var block = 0; block < lost.Length && !run.Stop.IsSet; block++)
        {
            // As long as it brings anything: where the relaxation is far from whole, the first turn already brings nothing.
            for (var turn = 0; turn < Turns && lost[block] >= 0.1 * all && Block(run, block, best, 0.6 * run.Budget.Effort * lost[block] / all) > 1e-4 * stake; turn++)
                run.Count();
            run.Count();
            run.Tell((block + 1) / (double)lost.Length);
        }
        Improve.Fill(run);
    }

    /// <summary>What the block gained.</summary>
    private static double Block(SolveRun run, int block, double[] best, double deterministicSeconds)
    {
        var (table, incumbent) = (run.Table, run.Incumbent);
        int[] requests = [.. Enumerable.Range(0, table.Requests).Where(r => table.Block[r] == block && table.FirstOption[r + 1] > table.FirstOption[r])];
        var kept = new FreedSet(table, run.Prices, requests, best).Kept(incumbent, requests, MostEntries);
        return LargeStep.Run(incumbent, run.Exact, requests, kept, deterministicSeconds, 1e-9).Value;
    }
}
