using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Stage 2: movable current assignments leave overfull rows before anything new is placed. First one by one, the cheapest move first; then, when
/// rows are still overfull and the current assignments are few enough, by one model of all of them, because two may have to move so that a third
/// can.</summary>
internal static class ShortfallReduction
{
    public static void Run(Incumbent incumbent, ExactSolve solve, double deterministicSeconds, StopSignal stop)
    {
        if (Excess(incumbent) == 0)
            return;
        MoveOneByOne(incumbent, stop);
        var table = incumbent.Table;
        if (stop.IsSet || Excess(incumbent) == 0)
            return;
        int[] current = [.. Enumerable.Range(0, table.Requests).Where(r => table.Service[r] == ServiceClass.Current)];
        if (ExactModel.Entries(table, current) > SearchSettings.EntriesOfShortfallModel)
            return;
        var before = incumbent.Snapshot();
        var excess = Excess(incumbent);
        foreach (var r in current)
            incumbent.Remove(incumbent.FirstUnit[r]);
        Construct.CurrentAssignments(incumbent);
        var model = new ExactModel(incumbent, current, _ => true);
        model.Model.Minimize(LinearExpr.Sum(model.Excess));
        if (ExactSolve.HasAnswer(solve.Run(model.Model, deterministicSeconds)))
            model.Apply(solve.Solver);
        if (Excess(incumbent) > excess || current.Any(r => incumbent.FirstUnit[r + 1] - incumbent.FirstUnit[r] > 1 && IsInParts(incumbent, r)))
            incumbent.Restore(before);
    }

    /// <summary>Seats above capacity, over all rows.</summary>
    public static long Excess(Incumbent incumbent) => -incumbent.Usage.Free.Where(room => room < 0).Sum();

    private static bool IsInParts(Incumbent incumbent, int r) => incumbent.Seats[incumbent.FirstUnit[r]] != incumbent.Table.Size[r];

    private static void MoveOneByOne(Incumbent incumbent, StopSignal stop)
    {
        var table = incumbent.Table;
        var (none, any) = (new Prices(table), true);
        while (any && !stop.IsSet)
        {
            any = false;
            var (best, bestLoss) = (-1, double.PositiveInfinity);
            var bestOption = -1;
            for (var r = 0; r < table.Requests; r++)
            {
                if (table.Service[r] != ServiceClass.Current || !IsInOverfullRow(incumbent, r))
                    continue;
                if (stop.IsSet)
                    break;
                var unit = incumbent.FirstUnit[r];
                var from = incumbent.Option[unit];
                incumbent.Remove(unit);
                if (Insert.Run(incumbent, none, r, 0))
                {
                    var loss = (table.NetValue[from] - table.NetValue[incumbent.Option[unit]]) / Math.Max(1, table.Size[r]);
                    if (loss < bestLoss)
                        (best, bestLoss, bestOption) = (r, loss, incumbent.Option[unit]);
                    incumbent.Remove(unit);
                }
                incumbent.Place(unit, from, table.Size[r]);
            }
            if (best < 0)
                continue;
            incumbent.Remove(incumbent.FirstUnit[best]);
            incumbent.Place(incumbent.FirstUnit[best], bestOption, table.Size[best]);
            any = true;
        }
    }

    private static bool IsInOverfullRow(Incumbent incumbent, int r)
    {
        foreach (var run in incumbent.Table.Runs(r, incumbent.Option[incumbent.FirstUnit[r]]))
        {
            if (run.FirstBelow(incumbent.Usage.Free, 0) >= 0)
                return true;
        }
        return false;
    }
}
