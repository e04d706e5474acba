namespace Scheduler.Solver;

/// <summary>Stage 7: CP-SAT. A small season is solved as one model. Otherwise large neighbourhood search (Shaw 1998) in every component whose gap is not
/// negligible, then kernel search; each model is small, starts from a hint, and is limited in deterministic time.</summary>
internal static class Refine
{
    private const int Rounds = 3;

    // A component that holds less of the whole loss than this gets no step.
    private const double LeastShareOfLoss = 0.02;

    public static void Run(SolveRun run)
    {
        if (run.Table.Options == 0 || run.Stop.IsSet)
            return;
        if (ExactModel.Entries(run.Table, Enumerable.Range(0, run.Table.Requests)) <= SearchSettings.EntriesOfWholeSeason)
            SolveWholeSeason(run);
        if (run.Whole is not { IsOptimal: true })
        {
            SearchNeighbourhoods(run);
            if (!run.IsPart)
                KernelSearch.Run(run);
        }
    }

    private static void SolveWholeSeason(SolveRun run)
    {
        var before = run.Incumbent.Snapshot();
        var (excess, mandatory, value) = (ShortfallReduction.Excess(run.Incumbent), run.Incumbent.MandatoryValue(), run.Incumbent.Value());
        run.Whole = new LexicographicSolve(run.Season, run.Incumbent, run.Exact);
        run.Whole.Run(SearchSettings.WholeSeasonSeconds * run.Budget.Effort);
        var (nowExcess, nowMandatory) = (ShortfallReduction.Excess(run.Incumbent), run.Incumbent.MandatoryValue());
        var rounding = run.Table.MandatoryRounding;
        var isWorse = nowExcess > excess || (nowExcess == excess && (nowMandatory < mandatory - rounding
            || (nowMandatory <= mandatory + rounding && run.Incumbent.Value() < value)));
        if (isWorse)
            run.Incumbent.Restore(before);
        run.TightenBound(run.Whole.Bound);
    }

    private static void SearchNeighbourhoods(SolveRun run)
    {
        var (lost, negligible) = (run.LossByComponent(), run.NegligibleGap());
        var all = lost.Sum();
        if (all <= negligible)
            return;
        var search = new LocalSearch(run.Incumbent, run.Prices);
        // Where the bound is far, seasons of few requests still gain from more work.
        var few = SearchSettings.LargeStepsSecondsOfFew * Math.Clamp(all / (5 * negligible), 1, 2.5);
        var work = run.Budget.Effort * (run.Table.Requests <= SearchSettings.FewRequests && !run.IsPart ? few : SearchSettings.LargeStepsSecondsOfMany);
        var best = NeighbourhoodSelector.BestReducedValues(run);
        var selectors = new NeighbourhoodSelector?[lost.Length];
        var idle = new int[lost.Length];
        for (var round = 0; round < Rounds && !run.Stop.IsSet; round++)
        {
            var stream = 1_000 + round;
            bool[] skip = [.. lost.Select((one, component) => one < LeastShareOfLoss * all || idle[component] >= SearchSettings.LargeStepPatience)];
            search.ForEachComponent(round, skip, run.Budget.Threads, (component, view, scope) =>
            {
                var selector = selectors[component] ??= new NeighbourhoodSelector(run.Table, run.Prices, scope.Requests, best) { StartsUnserved = run.IsPart };
                var seconds = work * lost[component] / (all * Rounds);
                idle[component] = Steps(run, view, selector, seconds, idle[component], SplitMix64.ForStream(run.Budget.Seed, stream, component));
            });
            run.RecomputeValue();
            run.ReportProgress((round + 1) / (double)Rounds);
        }
        Construct.Fill(run);
    }

    /// <summary>Makes steps for so many deterministic seconds, or until <see cref="SearchSettings.LargeStepPatience"/> steps in a row gained nothing. Returns
    /// how many gained nothing last.</summary>
    private static int Steps(SolveRun run, Incumbent view, NeighbourhoodSelector selector, double seconds, int idle, SplitMix64 random)
    {
        var solve = new ExactSolve(run.Budget.Seed, run.Stop);
        for (var spent = 0.0;
            spent < seconds && idle < SearchSettings.LargeStepPatience && !run.Stop.IsSet;
            spent += Math.Max(1e-3, solve.DeterministicSeconds))
        {
            var requests = selector.Select(view, ref random);
            // An answer of equal value is accepted too: other neighbours follow from it.
            var kept = selector.KeptOptions(view, requests, SearchSettings.EntriesOfLargeStep);
            var gain = LargeNeighbourhoodStep.Run(view, solve, requests, kept, SearchSettings.SecondsOfLargeStep, true);
            idle = gain.Mandatory > 0 || gain.Value > 0 ? 0 : idle + 1;
            selector.Learn(idle == 0, gain.IsProven);
        }
        return idle;
    }
}
