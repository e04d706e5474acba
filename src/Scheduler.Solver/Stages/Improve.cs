namespace Scheduler.Solver;

/// <summary>Stage 6: simulated annealing with the moves of <see cref="ComponentSearch"/>, component by component and side by side. Small seasons are reheated
/// while their gap is not negligible. A warm start is only repaired.</summary>
internal static class Improve
{
    public static void Run(SolveRun run)
    {
        if (run.Stop.IsSet)
        {
            Construct.Fill(run);
            return;
        }
        if (run.WarmStart != WarmStartKind.None)
        {
            RepairWarmStart(run);
            return;
        }
        var table = run.Table;
        run.IsOrdered = SearchOrders.Run(run);
        // Few requests leave few ways out of a bad start, so the search begins hotter and is reheated (measured on S and M, docs/solver-figures.md).
        if (table.Requests > SearchSettings.FewRequests)
        {
            Anneal(run, 0, SearchSettings.StepsPerRequest(table, run.Budget.Effort), SearchSettings.HottestOfMany);
            return;
        }
        var entries = Math.Max(1.0, ExactModel.Entries(table, Enumerable.Range(0, table.Requests)));
        var all = SearchSettings.StepsPerRequest(table, run.Budget.Effort);
        var steps = Math.Min(all, run.Budget.Effort * SearchSettings.WorkOfReheatCycle / (SearchSettings.AnnealingRounds * entries));
        Anneal(run, 0, all, SearchSettings.HottestOfFew);
        if (run.IsPart)
            return;
        SearchPenalties.Run(run);
        for (var cycle = 1; cycle <= SearchSettings.ReheatCycles.Length && !run.Stop.IsSet && !IsGapNegligible(run); cycle++)
            Anneal(run, cycle, steps * SearchSettings.ReheatCycles[cycle - 1].StepShare, SearchSettings.ReheatCycles[cycle - 1].Hottest);
    }

    private static bool IsGapNegligible(SolveRun run) => run.Bound - run.Value <= run.NegligibleGap();

    /// <summary>Runs the rounds of one cycle with falling temperature. The result is dropped when the plan was better before.</summary>
    private static void Anneal(SolveRun run, int cycle, double steps, double hottest)
    {
        var search = new LocalSearch(run.Incumbent, run.Prices) { StepsPerRequest = steps };
        var start = (Value: run.Incumbent.Value(), Mandatory: run.Incumbent.MandatoryValue(), Plan: run.Incumbent.Snapshot());
        for (var round = 0; round < SearchSettings.AnnealingRounds && !run.Stop.IsSet; round++)
        {
            var cooling = new Cooling(
                hottest * (SearchSettings.AnnealingRounds - round - 1) / SearchSettings.AnnealingRounds,
                hottest * Math.Max(0, SearchSettings.AnnealingRounds - round - 2) / SearchSettings.AnnealingRounds);
            search.Round(round + (cycle * 1_000), run.Budget.Seed, cooling, ProvenComponents(run), run.Budget.Threads, run.Stop);
            run.RecomputeValue();
            run.ReportProgress((round + 1) / (double)SearchSettings.AnnealingRounds);
        }
        Construct.Fill(run);
        // A search that was cut while hot, or reheated in vain, may end below its start.
        if (run.Incumbent.MandatoryValue() <= start.Mandatory + run.Table.MandatoryRounding && run.Incumbent.Value() < start.Value)
            run.Incumbent.Restore(start.Plan);
        run.RecomputeValue();
    }

    /// <summary>Works only around unserved requests, and takes only steps that gain and lose no request: new requests get the free room, or the room that
    /// worthwhile moves make (<see cref="PreviousAssignment"/>). At most one step for every four requests, so that requests which no step can serve cost
    /// little time.</summary>
    private static void RepairWarmStart(SolveRun run)
    {
        var table = run.Table;
        var unserved = Enumerable.Range(0, table.Requests).Count(r => table.FirstOption[r + 1] > table.FirstOption[r] && !run.Incumbent.IsServed(r));
        if (unserved > 0)
        {
            var steps = Math.Min(run.Budget.Effort * Math.Max(2_000, table.Requests / 4), 150.0 * unserved) / table.Requests;
            new LocalSearch(run.Incumbent, run.Prices) { StepsPerRequest = steps, UnservedShare = 100, KeepsServed = true }
                .Round(0, run.Budget.Seed, default, null, run.Budget.Threads, run.Stop);
        }
        Construct.Fill(run);
    }

    /// <summary>Components that the search over orders has improved, where single steps find nothing more, and those whose gap is within a hundred-thousandth
    /// of their adjustable value: more search would gain nothing there.</summary>
    private static bool[] ProvenComponents(SolveRun run)
    {
        var (values, adjustable) = (run.ValueByComponent(), run.AdjustableValue());
        var skip = new bool[values.Length];
        for (var component = 0; component < skip.Length; component++)
        {
            var gap = run.ComponentBound[component] - values[component];
            var least = (SearchSettings.ProvenGap * adjustable[component]) + (1e-9 * Math.Abs(values[component]));
            skip[component] = run.IsOrdered[component] || (run.IsMandatoryServed && gap <= least);
        }
        return skip;
    }
}
