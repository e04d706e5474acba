namespace Scheduler.Solver;

/// <summary>Stage 3: places the mandatory requests before any optional one, so that no optional request can take their room (lexicographic order). First
/// greedily by value. When some are unserved, the mandatory requests and the current assignments become a season of their own
/// (<see cref="MandatoryPart"/>), which is priced, placed, served by an ejection pool, improved and refined. Its bound says how much can be
/// served; the work ends when so much is served.</summary>
internal static class MandatoryStage
{
    public static void Run(SolveRun run)
    {
        if (InsertGreedily(run) || run.Stop.IsSet)
            return;
        var part = run.OfPart(MandatoryPart.Of(run.Season));
        MandatoryPart.Copy(run.Incumbent, part.Incumbent);
        Price.Run(part);
        part.RecomputeValue();
        PlaceByPrice(run, part);
        Pool(part, 0);
        if (!part.IsBestProven())
        {
            Improve.Run(part);
            part.RecomputeValue();
        }
        for (var round = 1; round <= SearchSettings.RoundsOfPool && !part.IsBestProven() && !run.Stop.IsSet; round++)
            Pool(part, round);
        if (!part.IsBestProven())
        {
            Refine.Run(part);
            part.RecomputeValue();
        }
        if (part.Incumbent.Value() >= run.Incumbent.MandatoryValue() - run.Table.MandatoryRounding)
            MandatoryPart.Copy(part.Incumbent, run.Incumbent);
        run.IsMandatoryServed = IsServed(run.Incumbent, Mandatory(run.Table));
    }

    /// <summary>Places each mandatory request where it fits best, the most valuable first. Returns whether all are served.</summary>
    public static bool InsertGreedily(SolveRun run)
    {
        var mandatory = Mandatory(run.Table);
        foreach (var r in mandatory)
            Insert.Run(run.Incumbent, run.Prices, r, 0);
        return run.IsMandatoryServed = IsServed(run.Incumbent, mandatory);
    }

    /// <summary>Places the mandatory requests by their prices, and keeps the better of the two plans.</summary>
    private static void PlaceByPrice(SolveRun run, SolveRun part)
    {
        var (before, value) = (part.Incumbent.Snapshot(), part.Incumbent.Value());
        for (var unit = 0; unit < part.Incumbent.Option.Length; unit++)
        {
            if (part.Incumbent.Option[unit] >= 0 && part.Table.Service[part.Incumbent.UnitRequest[unit]] == ServiceClass.Optional)
                part.Incumbent.Remove(unit);
        }
        Construct.Run(part.Incumbent, part.Prices, run.Stop);
        if (part.Incumbent.Value() < value)
            part.Incumbent.Restore(before);
        part.RecomputeValue();
    }

    /// <summary>Runs the ejection pool in every component where a request is unserved.</summary>
    private static void Pool(SolveRun part, int round)
    {
        if (part.IsBestProven())
            return;
        var search = new LocalSearch(part.Incumbent, part.Prices);
        var steps = (int)Math.Min(int.MaxValue, SearchSettings.InsertionsOfPool * part.Budget.Effort);
        search.ForEachComponent(round, search.FullyServedComponents(), part.Budget.Threads, (component, view, scope) =>
            new EjectionPool(view, scope, SplitMix64.ForStream(part.Budget.Seed, 3_000 + round, component)).Run(steps, part.Stop));
        part.RecomputeValue();
    }

    private static int[] Mandatory(OptionTable table) => [.. Enumerable.Range(0, table.Requests)
        .Where(r => table.Service[r] == ServiceClass.Mandatory && table.FirstOption[r + 1] > table.FirstOption[r])
        .OrderByDescending(r => table.Value[r]).ThenBy(r => r)];

    private static bool IsServed(Incumbent incumbent, int[] mandatory) => Array.TrueForAll(mandatory, incumbent.IsServed);
}
