namespace Scheduler.Solver;

/// <summary>A proven lower bound on the machine slots that must be added so that certain requests are served in full: the Lagrangian relaxation of the rows
/// (<see cref="Price"/>) with the machines as the only cost. No row of a pool has a price above 1, because a machine slot can be added for 1. The seats a − c
/// that a request alone needs above the capacity c of a row, it needs whoever else sits there. They are a cost of its option, and the option then takes only
/// min(a, c): a sum of seats above c is exactly these costs plus what the smaller amounts need above c.</summary>
internal sealed class MachineBound(Instance instance, Season season, Incumbent incumbent)
{
    private const int Passes = 400;
    private readonly OptionTable _table = season.Table;

    /// <summary>The bound in machine slots, for the requests that the plan serves in full.</summary>
    /// <param name="threads">Threads to use.</param>
    /// <param name="effort">Factor for the amount of work.</param>
    /// <param name="stop">Ends the work early; the bound is then lower.</param>
    public long Run(int threads, double effort, StopSignal stop)
    {
        const int Together = 256;
        var requests = new Request[_table.Requests];
        RequestChunks.Each(requests.Length, Together, threads, (_, from, to) =>
        {
            for (var r = from; r < to; r++)
                requests[r] = season.Fixed[r] ? instance.Requests[r] : Needed(r);
        });
        var table = Required(OpenSeason.Of(instance with { Requests = requests }, threads).Table);
        var (prices, highest) = (new Prices(table), new double[table.Rows]);
        Array.Fill(highest, double.MaxValue);
        Array.Fill(highest, 1, 0, table.FirstRows);
        var price = new Price(table, table.Capacity, prices, highest) { IsMandatoryServed = true };
        price.Run(Math.Max(1, (int)(Passes * effort)), Targets(table), threads, stop, _ => { });
        return Math.Max(0, (long)Math.Ceiling(-price.Bound));
    }

    /// <summary>The request with the machine slots that it alone needs as the cost of each candidate. Parts of a split request need less than their share, so
    /// its candidates cost nothing and keep their seats.</summary>
    private Request Needed(int r)
    {
        var request = instance.Requests[r];
        if (!incumbent.IsServed(r))
            return request with { Value = 0, Candidates = [], Current = null };
        Candidate[] candidates = [.. request.Candidates.Select(candidate => candidate with { Cost = 0 })];
        for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1] && !_table.IsSplit(r); option++)
        {
            ref var candidate = ref candidates[_table.Candidate[option]];
            if (Alone(r, option) is { } alone)
                candidate = candidate with { Seats = alone.Seats, Cost = alone.Cost };
        }
        return request with { Value = 0, Candidates = candidates, Current = request.Current is { } current ? current with { MoveCost = 0 } : null };
    }

    /// <summary>The seats of an option that fit the empty rows, and the seats above; null where all fit.</summary>
    private (int[] Seats, long Cost)? Alone(int r, int option)
    {
        var (cost, seats) = (0L, (int[]?)null);
        var all = instance.Requests[r].Candidates[_table.Candidate[option]].Seats;
        var lead = _table.Profiles.Lead(_table.Profile[option]);
        foreach (var run in _table.Runs(r, option))
        {
            for (var row = run.First; row < run.End; row++)
            {
                if (run.Amount - _table.Capacity[row] is not (> 0 and var above))
                    continue;
                seats ??= [.. all];
                cost += above;
                seats[lead + row - _table.Row[option]] = (int)_table.Capacity[row];
            }
        }
        return seats is null ? null : (seats, cost);
    }

    /// <summary>The machine slots that the plan adds, by component, as the negative values that the prices work towards.</summary>
    private double[] Targets(OptionTable table)
    {
        var (component, targets) = (new int[table.FirstRows], new double[table.Components]);
        for (var unit = 0; unit < incumbent.Option.Length; unit++)
        {
            if (incumbent.Option[unit] < 0)
                continue;
            var r = incumbent.UnitRequest[unit];
            foreach (var run in _table.Runs(r, incumbent.Option[unit]))
                Array.Fill(component, table.Component[r], run.First, run.Length);
        }
        for (var row = 0; row < component.Length; row++)
            targets[component[row]] += Math.Min(0, incumbent.Usage.Free[row]);
        return targets;
    }

    /// <summary>The options with the machine slots as their only cost, and every request required.</summary>
    private static OptionTable Required(OptionTable table) => new()
    {
        Service = [.. Enumerable.Repeat(ServiceClass.Mandatory, table.Requests)], MinPart = new int[table.Requests],
        NetValue = table.NetValue, FirstOption = table.FirstOption, Row = table.Row, SecondRow = table.SecondRow, Profile = table.Profile,
        Candidate = table.Candidate, Size = table.Size, Value = table.Value, CurrentOption = table.CurrentOption, Owner = table.Owner,
        SecondScale = table.SecondScale, Capacity = table.Capacity, FirstRows = table.FirstRows, ReachFrom = table.ReachFrom, Component = table.Component,
        Components = table.Components, Group = table.Group, Groups = table.Groups, Profiles = table.Profiles,
    };
}
