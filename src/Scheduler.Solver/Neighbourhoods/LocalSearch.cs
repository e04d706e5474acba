using System.Collections.Concurrent;

namespace Scheduler.Solver;

/// <summary>Runs work on the components of a season side by side, in rounds, and joins the results after each round. Where an institution's limit spans
/// components, one of them owns the limit's free room for a round; the others only use what their own requests release. So components never compete for a
/// row, and the plan is the same for any number of threads.</summary>
internal sealed class LocalSearch
{
    private readonly OptionTable _table;
    private readonly Incumbent _incumbent;
    private readonly Prices _prices;
    private readonly int[][] _requests;
    private readonly int[] _position;
    private readonly int[] _unservedAt;
    private readonly int[] _locked;
    private readonly GroupMembers _members;
    private readonly int[][] _groupComponents;
    private readonly (int From, int To)[] _groupRows;

    /// <param name="incumbent">The plan to improve.</param>
    /// <param name="prices">The prices that guide the search.</param>
    public LocalSearch(Incumbent incumbent, Prices prices)
    {
        (_incumbent, _table, _prices) = (incumbent, incumbent.Table, prices);
        (_position, _unservedAt) = (new int[_table.Requests], new int[_table.Requests]);
        _locked = new int[incumbent.Option.Length];
        _members = new GroupMembers(_table);
        _requests = [.. Enumerable.Range(0, _table.Components).Select(_ => Array.Empty<int>())];
        var preferred = PreferredRows();
        var included = Enumerable.Range(0, _table.Requests).Where(r => _table.FirstOption[r + 1] > _table.FirstOption[r]);
        foreach (var component in included.GroupBy(r => _table.Component[r]))
            _requests[component.Key] = [.. component.OrderBy(r => preferred[r]).ThenBy(r => r)];
        (_groupComponents, _groupRows) = GroupSpread();
    }

    /// <summary>Steps of a round per request of a component.</summary>
    public double StepsPerRequest { get; init; } = 10;

    /// <summary>Whether no served request may be lost.</summary>
    public bool KeepsServed { get; init; }

    /// <summary>Per cent of steps that begin with an unserved request.</summary>
    public int UnservedShare { get; init; } = 50;

    /// <summary>Added to the value of serving each request; null for none.</summary>
    public double[]? Bonus { get; set; }

    /// <summary>Components in which every request is served.</summary>
    public bool[] FullyServedComponents()
    {
        var skip = new bool[_table.Components];
        for (var component = 0; component < skip.Length; component++)
            skip[component] = Array.TrueForAll(_requests[component], _incumbent.IsServed);
        return skip;
    }

    /// <summary>Runs one round of annealing in every component that is not skipped.</summary>
    public void Round(int round, long seed, Cooling cooling, bool[]? skip, int threads, StopSignal stop)
    {
        Array.Clear(_locked);
        ForEachComponent(round, skip, threads, (component, view, scope) =>
        {
            var search = new ComponentSearch(view, scope, _prices, _locked, SplitMix64.ForStream(seed, round + 1, component));
            var scale = cooling.Start > 0 ? TemperatureScale(component) : 0;
            search.Run((int)Math.Min(int.MaxValue, StepsPerRequest * _requests[component].Length), cooling.Start * scale, cooling.End * scale, stop);
        });
    }

    /// <summary>Runs the work on every component that is not skipped, side by side, each through a view of its own, and joins the results.</summary>
    public void ForEachComponent(int round, bool[]? skip, int threads, Action<int, Incumbent, SearchScope> work)
    {
        var components = Enumerable.Range(0, _table.Components).Where(component => _requests[component].Length > 0 && skip?[component] != true)
            .OrderByDescending(component => _requests[component].Length).ToArray();
        Parallel.ForEach(
            Partitioner.Create(components, EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            component =>
            {
                var view = _table.Components == 1 ? _incumbent : _incumbent.View(Allowance(component, round));
                work(component, view, new SearchScope(view, _requests[component], _position, _unservedAt, _members)
                {
                    Bonus = Bonus, UnservedShare = UnservedShare, KeepsServed = KeepsServed,
                });
            });
        if (_table.Components > 1)
            _incumbent.RecomputeUsage();
    }

    /// <summary>The room that a component may use in a round: none of the free room of limits that another component owns.</summary>
    private Usage Allowance(int component, int round)
    {
        var free = (long[])_incumbent.Usage.Free.Clone();
        for (var group = 0; group < _groupComponents.Length; group++)
        {
            var sharing = _groupComponents[group];
            if (sharing.Length < 2 || sharing[(group + round) % sharing.Length] == component)
                continue;
            var (from, to) = _groupRows[group];
            for (var row = from; row < to; row++)
                free[row] = Math.Min(free[row], 0);
        }
        return new Usage(_table, free);
    }

    /// <summary>The unit of temperatures: what the component's mean request can change.</summary>
    private double TemperatureScale(int component)
    {
        var sum = 0.0;
        foreach (var request in _requests[component])
            sum += _table.Spread(request);
        return sum / _requests[component].Length;
    }

    /// <summary>The first row of each request's best option.</summary>
    private int[] PreferredRows()
    {
        var preferred = new int[_table.Requests];
        for (var r = 0; r < _table.Requests; r++)
        {
            var best = double.NegativeInfinity;
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (_table.NetValue[option] > best)
                    (best, preferred[r]) = (_table.NetValue[option], _table.Row[option]);
            }
        }
        return preferred;
    }

    /// <summary>The components and the rows of every limit group.</summary>
    private (int[][] Components, (int From, int To)[] Rows) GroupSpread()
    {
        var components = new SortedSet<int>[_table.Groups];
        var rows = new (int From, int To)[_table.Groups];
        Array.Fill(rows, (int.MaxValue, 0));
        for (var r = 0; r < _table.Requests; r++)
        {
            var group = _table.Group[r];
            if (group < 0 || _table.FirstOption[r + 1] == _table.FirstOption[r])
                continue;
            (components[group] ??= []).Add(_table.Component[r]);
            for (var option = _table.FirstOption[r]; option < _table.FirstOption[r + 1]; option++)
            {
                if (_table.SecondRow[option] is not (>= 0 and var second))
                    continue;
                var end = second + (_table.Profiles.Span[_table.Profile[option]] * _table.SecondScale[r]);
                rows[group] = (Math.Min(rows[group].From, second), Math.Max(rows[group].To, end));
            }
        }
        return ([.. components.Select(set => set is null ? [] : set.ToArray())], rows);
    }
}
