namespace Scheduler.Solver;

/// <summary>The served ratio of every institution: served seats over the seats that each request could have alone in empty pools (R11). An institution
/// without such seats has no ratio.</summary>
internal sealed class ServedRatios
{
    private readonly Season _season;
    private readonly long[] _servable;
    private readonly Usage _empty;
    private readonly StandaloneSeats _alone;

    public ServedRatios(Season season, StopSignal stop)
    {
        (_season, _alone) = (season, new StandaloneSeats(season, stop));
        _empty = new Usage(season.Table, season.FullCapacity);
        _servable = new long[season.Instance.Institutions.Count];
        ByRequest = new int[season.Table.Requests];
        for (var r = 0; r < ByRequest.Length; r++)
        {
            ByRequest[r] = Servable(r);
            _servable[season.Table.Owner[r]] += ByRequest[r];
        }
    }

    /// <summary>Seats of each request that could be served alone.</summary>
    public int[] ByRequest { get; }

    /// <summary>Seats of each institution that could be served alone.</summary>
    public IReadOnlyList<long> Seats => _servable;

    public bool Counts(int owner) => _servable[owner] > 0;

    public long[] Served(Incumbent incumbent)
    {
        var served = new long[_servable.Length];
        for (var r = 0; r < ByRequest.Length; r++)
            served[_season.Table.Owner[r]] += _season.Fixed[r] ? _season.Table.Size[r] : _season.Table.Size[r] - incumbent.UnservedSeats[r];
        return served;
    }

    /// <summary>The smallest ratio; 1 when no institution has one.</summary>
    public double Worst(Incumbent incumbent)
    {
        var (served, worst) = (Served(incumbent), 1.0);
        for (var owner = 0; owner < served.Length; owner++)
        {
            if (_servable[owner] > 0)
                worst = Math.Min(worst, served[owner] / (double)_servable[owner]);
        }
        return worst;
    }

    /// <summary>All ratios in ascending order.</summary>
    public double[] Sorted(Incumbent incumbent)
    {
        var served = Served(incumbent);
        var sorted = new List<double>(served.Length);
        for (var owner = 0; owner < served.Length; owner++)
        {
            if (_servable[owner] > 0)
                sorted.Add(served[owner] / (double)_servable[owner]);
        }
        sorted.Sort();
        return [.. sorted];
    }

    /// <summary>Leximin order of two sorted lists: above 0 when the first is fairer.</summary>
    public static int Compare(double[] one, double[] two)
    {
        for (var at = 0; at < one.Length; at++)
        {
            if (Math.Abs(one[at] - two[at]) > 1e-9)
                return one[at] > two[at] ? 1 : -1;
        }
        return 0;
    }

    private int Servable(int r)
    {
        var table = _season.Table;
        // Every plan serves a current assignment.
        if (_season.Instance.Requests[r].Current is not null || (!table.IsSplit(r) && table.FirstOption[r + 1] > table.FirstOption[r]))
            return table.Size[r];
        for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
        {
            // One part can take the whole.
            if (_empty.Fits(r, option, table.Size[r]))
                return table.Size[r];
        }
        return _alone.Seats(r);
    }
}
