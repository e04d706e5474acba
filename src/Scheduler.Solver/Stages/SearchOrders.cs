namespace Scheduler.Solver;

/// <summary>A part of stage 6: search over orders (<see cref="OrderSearch"/>) in components where nearly every request must be served whole, so that only the
/// cost
/// is open. Two searches run side by side, and go on from the better one's order after each phase. A short descent decides first whether orders suit the
/// component at all.</summary>
internal static class SearchOrders
{
    private const int Searches = 2;

    /// <summary>Searches every component that is suited. Returns the components where orders gave the better plan.</summary>
    public static bool[] Run(SolveRun run)
    {
        var (table, won, lost, negligible) = (run.Table, new bool[run.Table.Components], run.LossByComponent(), run.NegligibleGap());
        if (!run.IsMandatoryServed || ShortfallReduction.Excess(run.Incumbent) > 0)
            return won;
        for (var component = 0; component < won.Length && !run.Stop.IsSet; component++)
        {
            if (lost[component] <= negligible / won.Length)
                continue;
            if (Firm(run, component) is not { } whole || whole.Length * (long)table.Rows > SearchSettings.RoomOfOrders)
                continue;
            won[component] = Search(run, whole, component);
            run.RecomputeValue();
            run.ReportProgress((component + 1) / (double)won.Length);
        }
        return won;
    }

    /// <summary>The component's requests with options that stay whole; null when too few of its requests must be served.</summary>
    public static int[]? Firm(SolveRun run, int component)
    {
        var table = run.Table;
        int[] all = [.. Enumerable.Range(0, table.Requests).Where(r => table.Component[r] == component && table.FirstOption[r + 1] > table.FirstOption[r])];
        int[] whole = [.. all.Where(r => !table.IsSplit(r))];
        var firm = whole.Count(r => table.Service[r] != ServiceClass.Optional);
        return whole.Length < 2 || firm < SearchSettings.LeastFirmShare * all.Length ? null : whole;
    }

    private static bool Search(SolveRun run, int[] requests, int component)
    {
        var (table, incumbent) = (run.Table, run.Incumbent);
        var (before, value, mandatory) = (incumbent.Snapshot(), incumbent.Value(), incumbent.MandatoryValue());
        var decoder = new OrderDecoder(table, requests);
        var (placed, loss) = (new int[requests.Length], 0.0);
        for (var at = 0; at < requests.Length; at++)
        {
            var unit = incumbent.FirstUnit[requests[at]];
            placed[at] = incumbent.Option[unit] is >= 0 and var option ? table.Row[option] : int.MaxValue;
            loss += decoder.LossOf(at, incumbent.Option[unit]);
            if (incumbent.Option[unit] >= 0)
                incumbent.Remove(unit);
        }
        int[] order = [.. Enumerable.Range(0, requests.Length).OrderBy(at => placed[at])];
        var searches = new OrderSearch[Searches];
        for (var at = 0; at < Searches; at++)
            searches[at] = new OrderSearch(decoder, incumbent.Usage.Free, order, SplitMix64.ForStream(run.Budget.Seed, 2_000 + at, component));
        var looks = SearchSettings.LooksOfOrders * Math.Min(1, Math.Pow(requests.Length / (double)SearchSettings.RequestsOfOrders, 2));
        Phase(run, searches, looks * SearchSettings.DescentShare, SearchSettings.HottestOfDescent);
        if (Better(searches).Best < loss)
        {
            foreach (var (share, hottest) in SearchSettings.OrderPhases)
            {
                var best = Better(searches).BestOrder;
                if (share < SearchSettings.OrderPhases[0].Share)
                    Array.ForEach(searches, search => search.ContinueFrom(best));
                Phase(run, searches, looks * share, hottest);
            }
        }
        var options = Better(searches).BestOptions();
        for (var at = 0; at < requests.Length; at++)
        {
            if (options[at] >= 0)
                incumbent.Place(incumbent.FirstUnit[requests[at]], options[at], table.Size[requests[at]]);
        }
        if (incumbent.Value() > value && incumbent.MandatoryValue() >= mandatory - table.MandatoryRounding
            && requests.All(r => table.Service[r] != ServiceClass.Current || incumbent.IsServed(r)))
            return true;
        incumbent.Restore(before);
        return false;
    }

    private static OrderSearch Better(OrderSearch[] searches) => searches.MinBy(search => search.Best)!;

    private static void Phase(SolveRun run, OrderSearch[] searches, double looks, double hottest) =>
        Parallel.For(0, searches.Length, new ParallelOptions { MaxDegreeOfParallelism = run.Budget.Threads }, at =>
        {
            var scale = searches[at].Best;
            searches[at].Run((long)(run.Budget.Effort * looks), hottest * scale, SearchSettings.ColdestOfOrders * scale, run.Stop);
        });
}
