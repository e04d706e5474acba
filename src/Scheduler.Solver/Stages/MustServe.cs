using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Stage 3a: what is mandatory is placed before anything else exists, so that nothing can take its place: greedily by value, then by search among the mandatory
/// alone, then, where some are still unserved and they are few enough, by a model of them all.</summary>
internal static class MustServe
{
    private const long MostEntries = 150_000;
    private const int Rounds = 8;

    public static bool Run(SolveRun run)
    {
        if (Greedily(run))
            return true;
        var mandatory = Mandatory(run.Table);
        Search(run, mandatory);
        run.IsMandatoryServed = IsServed(run.Incumbent, mandatory);
        return true;
    }

    /// <summary>Puts what is mandatory where it fits best, the most valuable first; true when that serves it all.</summary>
    public static bool Greedily(SolveRun run)
    {
        var mandatory = Mandatory(run.Table);
        foreach (var r in mandatory)
            Insert.Run(run.Incumbent, run.Prices, r, 0);
        return run.IsMandatoryServed = IsServed(run.Incumbent, mandatory);
    }

    /// <summary>A last look, also after a cut: what is mandatory, unserved, and held up by nothing but what is not, gets its place. True when anything changed.</summary>
    public static bool Claim(SolveRun run)
    {
        var (table, incumbent, changed) = (run.Table, run.Incumbent, false);
        if (!table.Duty.Contains(Duty.Mandatory))
            return false;
        var firm = new Usage(table);
        for (var unit = 0; unit < incumbent.Option.Length; unit++)
        {
            if (incumbent.Option[unit] >= 0 && table.Duty[incumbent.UnitRequest[unit]] != Duty.Free)
                firm.Take(incumbent.UnitRequest[unit], incumbent.Option[unit], incumbent.Seats[unit]);
        }
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.Duty[r] != Duty.Mandatory || incumbent.IsServed(r) || incumbent.FreeUnit(r) is not (>= 0 and var free))
                continue;
            var least = table.IsSplit(r) ? table.MinPart[r] : table.Size[r];
            for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1] && incumbent.Left[r] >= least && incumbent.FreeUnit(r) == free; option++)
            {
                if (Enumerable.Range(incumbent.FirstUnit[r], incumbent.FirstUnit[r + 1] - incumbent.FirstUnit[r]).Any(unit => incumbent.Option[unit] == option))
                    continue;
                var seats = table.IsSplit(r) ? firm.Room(r, option, incumbent.Left[r]) : table.Size[r];
                if (seats < least || !firm.Fits(r, option, seats))
                    continue;
                Evict(incumbent, r, option, seats);
                incumbent.Place(free, option, seats);
                firm.Take(r, option, seats);
                changed = true;
            }
        }
        if (changed)
            Improve.Fill(run);
        return changed;
    }

    /// <summary>Takes out what is not mandatory and stands in the option's way, the least worth first.</summary>
    private static void Evict(Incumbent incumbent, int r, int option, int seats)
    {
        var table = incumbent.Table;
        var inWay = Enumerable.Range(0, incumbent.Option.Length)
            .Where(unit => incumbent.Option[unit] >= 0 && table.Duty[incumbent.UnitRequest[unit]] == Duty.Free
                && (Meets(table, incumbent.Option[unit], option) || (table.Group[r] >= 0 && table.Group[incumbent.UnitRequest[unit]] == table.Group[r])))
            .OrderBy(incumbent.Worth).ThenBy(unit => unit).ToList();
        foreach (var unit in inWay.TakeWhile(_ => !incumbent.Usage.Fits(r, option, seats)))
            incumbent.Remove(unit);
    }

    private static bool Meets(OptionTable table, int one, int two) =>
        table.Row[one] < table.Row[two] + table.Profiles.Span[table.Profile[two]] && table.Row[two] < table.Row[one] + table.Profiles.Span[table.Profile[one]];

    private static void Search(SolveRun run, int[] mandatory)
    {
        var incumbent = run.Incumbent;
        var best = (incumbent.MandatoryValue(), incumbent.Snapshot());
        var improve = new Improve(incumbent, run.Prices, r => run.Table.Duty[r] != Duty.Free) { StepsPerRequest = 60 * run.Budget.Effort, CountsMandatory = true };
        for (var round = 0; round < Rounds && !run.Stop.IsSet && !IsServed(incumbent, mandatory); round++)
        {
            improve.Round(round, run.Budget.Seed + 17, 0.3 * (Rounds - round - 1) / Rounds, 0.3 * Math.Max(0, Rounds - round - 2) / Rounds, null, run.Budget.Threads, run.Stop);
            if (incumbent.MandatoryValue() > best.Item1)
                best = (incumbent.MandatoryValue(), incumbent.Snapshot());
        }
        if (incumbent.MandatoryValue() < best.Item1)
            incumbent.Restore(best.Item2);
        int[] firm = [.. Enumerable.Range(0, run.Table.Requests).Where(r => run.Table.Duty[r] != Duty.Free)];
        if (IsServed(incumbent, mandatory) || ExactModel.Entries(run.Table, firm) > MostEntries)
            return;
        var model = new ExactModel(incumbent, firm, r => run.Table.Duty[r] == Duty.Sits);
        double Value(int r, int _) => run.Table.Duty[r] == Duty.Mandatory ? run.Table.Value[r] : 0;
        model.Model.Maximize(model.Sum(Value, model.ScaleOf(Value)));
        var excess = Relieve.Excess(incumbent);
        var before = incumbent.Snapshot();
        if (model.Excess.Count > 0)
            model.Model.Add(LinearExpr.Sum(model.Excess) <= excess);
        if (!ExactSolve.HasAnswer(run.Exact.Run(model.Model, 6 * run.Budget.Effort)))
            return;
        model.Apply(run.Exact.Solver);
        if (incumbent.MandatoryValue() < best.Item1)
            incumbent.Restore(before);
    }

    private static int[] Mandatory(OptionTable table) => [.. Enumerable.Range(0, table.Requests)
        .Where(r => table.Duty[r] == Duty.Mandatory && table.FirstOption[r + 1] > table.FirstOption[r])
        .OrderByDescending(r => table.Value[r]).ThenBy(r => r)];

    private static bool IsServed(Incumbent incumbent, int[] mandatory) => Array.TrueForAll(mandatory, incumbent.IsServed);
}
