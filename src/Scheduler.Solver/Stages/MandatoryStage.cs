using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Stage 3: places the mandatory requests before any optional one, so that no optional request can take their room (lexicographic order). First
/// greedily by value; then, when some are unserved, by search among the mandatory requests; then, when they are few enough, by one CP-SAT model.</summary>
internal static class MandatoryStage
{
    public static void Run(SolveRun run)
    {
        if (InsertGreedily(run))
            return;
        var mandatory = Mandatory(run.Table);
        var best = Search(run, mandatory);
        SolveModel(run, mandatory, best);
        run.IsMandatoryServed = IsServed(run.Incumbent, mandatory);
    }

    /// <summary>Places each mandatory request where it fits best, the most valuable first. Returns whether all are served.</summary>
    public static bool InsertGreedily(SolveRun run)
    {
        var mandatory = Mandatory(run.Table);
        foreach (var r in mandatory)
            Insert.Run(run.Incumbent, run.Prices, r, 0);
        return run.IsMandatoryServed = IsServed(run.Incumbent, mandatory);
    }

    /// <summary>Anneals among the mandatory requests and the current assignments. Returns the mandatory value reached.</summary>
    private static double Search(SolveRun run, int[] mandatory)
    {
        var incumbent = run.Incumbent;
        var best = (Value: incumbent.MandatoryValue(), Plan: incumbent.Snapshot());
        var search = new LocalSearch(incumbent, run.Prices, r => run.Table.Service[r] != ServiceClass.Optional)
        {
            StepsPerRequest = SearchSettings.MandatoryStepsPerRequest * run.Budget.Effort, CountsMandatory = true,
        };
        for (var round = 0; round < SearchSettings.MandatoryRounds && !run.Stop.IsSet && !IsServed(incumbent, mandatory); round++)
        {
            var cooling = new Cooling(
                SearchSettings.MandatoryHottest * (SearchSettings.MandatoryRounds - round - 1) / SearchSettings.MandatoryRounds,
                SearchSettings.MandatoryHottest * Math.Max(0, SearchSettings.MandatoryRounds - round - 2) / SearchSettings.MandatoryRounds);
            search.Round(round, run.Budget.Seed + 17, cooling, null, run.Budget.Threads, run.Stop);
            if (incumbent.MandatoryValue() > best.Value)
                best = (incumbent.MandatoryValue(), incumbent.Snapshot());
        }
        if (incumbent.MandatoryValue() < best.Value)
            incumbent.Restore(best.Plan);
        return best.Value;
    }

    /// <summary>Solves all mandatory requests and current assignments in one model, and keeps the answer unless it serves less.</summary>
    private static void SolveModel(SolveRun run, int[] mandatory, double best)
    {
        var incumbent = run.Incumbent;
        int[] firm = [.. Enumerable.Range(0, run.Table.Requests).Where(r => run.Table.Service[r] != ServiceClass.Optional)];
        if (IsServed(incumbent, mandatory) || ExactModel.Entries(run.Table, firm) > SearchSettings.EntriesOfMandatoryModel)
            return;
        var model = new ExactModel(incumbent, firm, r => run.Table.Service[r] == ServiceClass.Current);
        double Value(int r, int _) => run.Table.Service[r] == ServiceClass.Mandatory ? run.Table.Value[r] : 0;
        model.Model.Maximize(model.Sum(Value, model.ScaleOf(Value)));
        var before = incumbent.Snapshot();
        if (model.Excess.Count > 0)
            model.Model.Add(LinearExpr.Sum(model.Excess) <= ShortfallReduction.Excess(incumbent));
        if (!ExactSolve.HasAnswer(run.Exact.Run(model.Model, SearchSettings.MandatorySeconds * run.Budget.Effort)))
            return;
        model.Apply(run.Exact.Solver);
        if (incumbent.MandatoryValue() < best)
            incumbent.Restore(before);
    }

    private static int[] Mandatory(OptionTable table) => [.. Enumerable.Range(0, table.Requests)
        .Where(r => table.Service[r] == ServiceClass.Mandatory && table.FirstOption[r + 1] > table.FirstOption[r])
        .OrderByDescending(r => table.Value[r]).ThenBy(r => r)];

    private static bool IsServed(Incumbent incumbent, int[] mandatory) => Array.TrueForAll(mandatory, incumbent.IsServed);
}
