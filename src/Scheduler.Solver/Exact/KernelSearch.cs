namespace Scheduler.Solver;

/// <summary>Kernel search (Angelelli, Mansini, Speranza 2010): one model per component of its promising options only, those with the least loss at the prices
/// (core problem, Balas and Zemel 1980) and those in use. With a full linear relaxation. This finds what local search cannot where the relaxation is nearly
/// integral, as with unit jobs.</summary>
internal static class KernelSearch
{
    private const double LeastShareOfLoss = 0.1;

    // A turn that gains less than this share of the adjustable value is the last: where the relaxation is far from integral, the first turn gains nothing.
    private const double LeastGain = 1e-4;

    public static void Run(SolveRun run)
    {
        var table = run.Table;
        if (run.Stop.IsSet || table.Requests > SearchSettings.FewRequests || !run.IsMandatoryServed || ShortfallReduction.Excess(run.Incumbent) > 0)
            return;
        var lost = run.LossByComponent();
        var all = lost.Sum();
        if (all <= run.NegligibleGap())
            return;
        var (adjustable, best) = (run.AdjustableValue().Sum(), NeighbourhoodSelector.BestReducedValues(run));
        for (var component = 0; component < lost.Length && !run.Stop.IsSet; component++)
        {
            var seconds = SearchSettings.KernelSeconds * run.Budget.Effort * lost[component] / all;
            var isWorthwhile = lost[component] >= LeastShareOfLoss * all;
            for (var turn = 0; turn < SearchSettings.KernelTurns && isWorthwhile; turn++)
                isWorthwhile = Solve(run, component, best, seconds) > LeastGain * adjustable;
            run.RecomputeValue();
            run.ReportProgress((component + 1) / (double)lost.Length);
        }
        Construct.Fill(run);
    }

    /// <summary>Solves the component's model once. Returns the gain in value.</summary>
    private static double Solve(SolveRun run, int component, double[] best, double deterministicSeconds)
    {
        var (table, incumbent) = (run.Table, run.Incumbent);
        int[] requests = [.. Enumerable.Range(0, table.Requests)
            .Where(r => table.Component[r] == component && table.FirstOption[r + 1] > table.FirstOption[r])];
        var kept = new NeighbourhoodSelector(table, run.Prices, requests, best).KeptOptions(incumbent, requests, SearchSettings.EntriesOfKernel);
        return LargeNeighbourhoodStep.Run(incumbent, run.Exact, requests, kept, deterministicSeconds, false).Value;
    }
}
