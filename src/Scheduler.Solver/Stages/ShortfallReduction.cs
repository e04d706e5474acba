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

    /// <summary>Moves current assignments out of overfull rows, the cheapest move first. A move takes room, so the loss of another move seldom falls: a loss is
    /// computed again only when its move comes first. A move that has no room waits for the next pass, because moves also free rows.</summary>
    private static void MoveOneByOne(Incumbent incumbent, StopSignal stop)
    {
        var table = incumbent.Table;
        var (prices, waiting, any) = (new Prices(table), new List<int>(), true);
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.Service[r] == ServiceClass.Current)
                waiting.Add(r);
        }
        while (any && !stop.IsSet)
        {
            any = false;
            var queue = new PriorityQueue<int, (double Loss, int Request)>();
            foreach (var r in waiting)
                queue.Enqueue(r, (double.NegativeInfinity, r));
            waiting.Clear();
            while (queue.TryDequeue(out var r, out _) && !stop.IsSet)
            {
                if (!IsInOverfullRow(incumbent, r))
                    continue;
                if (CheapestMove(incumbent, prices, r) is not { } move)
                    waiting.Add(r);
                else if (queue.TryPeek(out _, out var next) && (move.Loss, r).CompareTo(next) > 0)
                    queue.Enqueue(r, (move.Loss, r));
                else
                {
                    incumbent.Remove(incumbent.FirstUnit[r]);
                    incumbent.Place(incumbent.FirstUnit[r], move.Option, table.Size[r]);
                    any = true;
                }
            }
        }
    }

    /// <summary>The cheapest move of a current assignment and its loss per seat; null when there is no room.</summary>
    private static (int Option, double Loss)? CheapestMove(Incumbent incumbent, Prices prices, int r)
    {
        var (table, unit) = (incumbent.Table, incumbent.FirstUnit[r]);
        var from = incumbent.Option[unit];
        (int Option, double Loss)? move = null;
        incumbent.Remove(unit);
        if (Insert.Run(incumbent, prices, r, 0))
        {
            move = (incumbent.Option[unit], (table.NetValue[from] - table.NetValue[incumbent.Option[unit]]) / Math.Max(1, table.Size[r]));
            incumbent.Remove(unit);
        }
        incumbent.Place(unit, from, table.Size[r]);
        return move;
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
