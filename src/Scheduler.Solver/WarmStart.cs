namespace Scheduler.Solver;

/// <summary>Yesterday's plan as the start of today's: what it served and still fits stays served; it moves only where that makes room.</summary>
/// <param name="Instance">The instance that the plan answered.</param>
/// <param name="Plan">The plan.</param>
public sealed record WarmStart(Instance Instance, Plan Plan)
{
    /// <summary>Puts the old assignments into the incumbent where they still exist and fit, and the old prices beside their rows.</summary>
    internal void Apply(SolveRun run, bool onlyMandatory)
    {
        var (table, incumbent) = (run.Table, run.Incumbent);
        var old = new Dictionary<string, Request>(Instance.Requests.Count);
        foreach (var request in Instance.Requests)
            old.TryAdd(request.Id, request);
        var index = new Dictionary<string, int>(table.Requests);
        for (var r = 0; r < table.Requests; r++)
            index.Add(run.Season.Instance.Requests[r].Id, r);
        foreach (var row in Plan.Assignments)
        {
            if (!index.TryGetValue(row.Request, out var r) || !old.TryGetValue(row.Request, out var request) || (onlyMandatory && table.Duty[r] == Duty.Free) || (!onlyMandatory && table.Duty[r] == Duty.Sits))
                continue;
            var option = Find(run, r, request.Candidates[row.Candidate], row.Candidate);
            if (table.Duty[r] == Duty.Sits)
            {
                Move(incumbent, r, option, row.Seats);
                continue;
            }
            var unit = incumbent.FreeUnit(r);
            var isWhole = row.Seats == table.Size[r];
            if (option >= 0 && unit >= 0 && row.Seats <= incumbent.Left[r] && (isWhole || (table.IsSplit(r) && row.Seats >= table.MinPart[r]))
                && incumbent.Usage.Fits(r, option, row.Seats))
                incumbent.Place(unit, option, row.Seats);
        }
        if (onlyMandatory)
            return;
        var pools = run.Season.Instance.Pools.Select(pool => pool.Id).ToHashSet();
        foreach (var price in Plan.ShadowPrices)
        {
            if (!pools.Contains(price.Pool))
                continue;
            var pool = run.Season.Pools.Index(price.Pool);
            var row = run.Season.Pools.Timelines[pool].Row(run.Season.Pools.Step(pool, price.Start), 1);
            if (row >= 0)
                run.Prices.Price[row] = price.Price;
        }
        run.Prices.Sum();
    }

    /// <summary>What sits today goes where the old plan had moved it, if there is room.</summary>
    private static void Move(Incumbent incumbent, int r, int option, int seats)
    {
        var unit = incumbent.FirstUnit[r];
        var (from, size) = (incumbent.Option[unit], incumbent.Table.Size[r]);
        if (option < 0 || from == option || seats != size || incumbent.Seats[unit] != size)
            return;
        incumbent.Remove(unit);
        incumbent.Place(unit, incumbent.Usage.Fits(r, option, size) ? option : from, size);
    }

    private static int Find(SolveRun run, int r, Candidate candidate, int position)
    {
        var candidates = run.Season.Instance.Requests[r].Candidates;
        for (var option = run.Table.FirstOption[r]; option < run.Table.FirstOption[r + 1]; option++)
        {
            var now = candidates[run.Table.Candidate[option]];
            if (now.Pool == candidate.Pool && now.Start == candidate.Start && (run.Table.Candidate[option] == position || now.Seats.SequenceEqual(candidate.Seats)))
                return option;
        }
        return -1;
    }
}
