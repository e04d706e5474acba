namespace Scheduler.Solver;

/// <summary>A part of stage 6: <see cref="PenaltySearch"/> in components where nearly every request must be served whole, so that only the cost is open. Two
/// searches run side by side, and go on from the better one after each phase.</summary>
internal static class SearchPenalties
{
    private const int Searches = 2;

    public static void Run(SolveRun run)
    {
        var (table, lost, negligible) = (run.Table, run.LossByComponent(), run.NegligibleGap());
        if (!run.IsMandatoryServed || ShortfallReduction.Excess(run.Incumbent) > 0)
            return;
        for (var component = 0; component < table.Components && !run.Stop.IsSet; component++)
        {
            if (!run.IsOrdered[component] && lost[component] > negligible / table.Components && SearchOrders.Firm(run, component) is { } requests)
                Search(run, [.. requests.Where(run.Incumbent.IsServed)], component);
        }
        run.RecomputeValue();
    }

    private static void Search(SolveRun run, int[] requests, int component)
    {
        var (table, incumbent) = (run.Table, run.Incumbent);
        if (requests.Length < 2)
            return;
        var options = Array.ConvertAll(requests, r => incumbent.Option[incumbent.FirstUnit[r]]);
        var searches = new PenaltySearch[Searches];
        foreach (var r in requests)
            incumbent.Remove(incumbent.FirstUnit[r]);
        for (var at = 0; at < Searches; at++)
        {
            var random = SplitMix64.ForStream(run.Budget.Seed, 4_000 + at, component);
            searches[at] = new PenaltySearch(table, run.Prices, requests, incumbent.Usage.Free, options, random);
        }
        var scale = searches[0].Best / requests.Length;
        foreach (var (share, hottest) in SearchSettings.PenaltyPhases)
        {
            var best = searches.MinBy(search => search.Best)!.BestOptions.ToArray();
            Parallel.For(0, Searches, new ParallelOptions { MaxDegreeOfParallelism = run.Budget.Threads }, at =>
            {
                searches[at].ContinueFrom(best);
                var steps = (long)(run.Budget.Effort * SearchSettings.PenaltyStepsPerRequest * requests.Length * share);
                searches[at].Run(steps, hottest * scale, SearchSettings.ColdestOfPenalties * scale, run.Stop);
            });
        }
        var found = searches.MinBy(search => search.Best)!.BestOptions;
        for (var at = 0; at < requests.Length; at++)
            incumbent.Place(incumbent.FirstUnit[requests[at]], found[at], table.Size[requests[at]]);
    }
}
