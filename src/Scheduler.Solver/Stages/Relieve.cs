using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Stage 1b: what sits in overfull rows and may move leaves, before anything new is placed: first one by one where it costs least, then, where rows are
/// still overfull and the movable are few enough, by a model of all of them, for two may have to move so that a third can.</summary>
internal static class Relieve
{
    private const long MostEntries = 60_000;

    /// <summary>True when rows were overfull at all.</summary>
    public static bool Run(Incumbent incumbent, ExactSolve solve, double deterministicSeconds, StopSignal stop)
    {
        if (Excess(incumbent) == 0)
            return false;
        OneByOne(incumbent, stop);
        var table = incumbent.Table;
        if (stop.IsSet || Excess(incumbent) == 0)
            return true;
        int[] sitting = [.. Enumerable.Range(0, table.Requests).Where(r => table.Duty[r] == Duty.Sits)];
        if (ExactModel.Entries(table, sitting) > MostEntries)
            return true;
        var before = incumbent.Snapshot();
        var excess = Excess(incumbent);
        foreach (var r in sitting)
            incumbent.Remove(incumbent.FirstUnit[r]);
        Place.Sitting(incumbent);
        var model = new ExactModel(incumbent, sitting, _ => true);
        model.Model.Minimize(LinearExpr.Sum(model.Excess));
        if (ExactSolve.HasAnswer(solve.Run(model.Model, deterministicSeconds)))
            model.Apply(solve.Solver);
        if (Excess(incumbent) > excess || sitting.Any(r => incumbent.FirstUnit[r + 1] - incumbent.FirstUnit[r] > 1 && IsInParts(incumbent, r)))
            incumbent.Restore(before);
        return true;
    }

    /// <summary>Seats above capacity, over all rows.</summary>
    public static long Excess(Incumbent incumbent) => -incumbent.Usage.Free.Where(room => room < 0).Sum();

    private static bool IsInParts(Incumbent incumbent, int r) => incumbent.Seats[incumbent.FirstUnit[r]] != incumbent.Table.Size[r];

    private static void OneByOne(Incumbent incumbent, StopSignal stop)
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
                if (table.Duty[r] != Duty.Sits || !StandsInOverfull(incumbent, r))
                    continue;
                if (stop.IsSet)
                    break;
                var unit = incumbent.FirstUnit[r];
                var from = incumbent.Option[unit];
                incumbent.Remove(unit);
                if (Insert.Run(incumbent, none, r, 0))
                {
                    var loss = (table.Worth[from] - table.Worth[incumbent.Option[unit]]) / Math.Max(1, table.Size[r]);
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

    private static bool StandsInOverfull(Incumbent incumbent, int r)
    {
        var (table, unit) = (incumbent.Table, incumbent.FirstUnit[r]);
        return IsOver(incumbent, table, r, incumbent.Option[unit]);
    }

    private static bool IsOver(Incumbent incumbent, OptionTable table, int r, int option)
    {
        var profiles = table.Profiles;
        var profile = table.Profile[option];
        for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
        {
            for (var k = 0; k < profiles.Length[run]; k++)
            {
                if (incumbent.Usage.Free[table.Row[option] + profiles.Offset[run] + k] < 0)
                    return true;
            }
            for (var k = 0; table.SecondRow[option] >= 0 && k < profiles.Length[run] * table.SecondScale[r]; k++)
            {
                if (incumbent.Usage.Free[table.SecondRow[option] + (profiles.Offset[run] * table.SecondScale[r]) + k] < 0)
                    return true;
            }
        }
        return false;
    }
}
