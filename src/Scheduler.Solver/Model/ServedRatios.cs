namespace Scheduler.Solver;

/// <summary>The served ratio of every institution: seats served over seats that could be served alone in empty pools (R11).
/// An institution that asks for nothing that could be served has no ratio.</summary>
internal sealed class ServedRatios
{
    private readonly Season _season;
    private readonly long[] _servable;
    private readonly Usage _empty;

    public ServedRatios(Season season)
    {
        _season = season;
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
            served[_season.Table.Owner[r]] += _season.Fixed[r] ? _season.Table.Size[r] : _season.Table.Size[r] - incumbent.Left[r];
        return served;
    }

    /// <summary>Smallest ratio; 1 when no institution counts.</summary>
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

    /// <summary>All ratios, the worst first.</summary>
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
        if (_season.Fixed[r] || (!table.IsSplit(r) && table.FirstOption[r + 1] > table.FirstOption[r]))
            return table.Size[r];
        for (var option = table.FirstOption[r]; option < table.FirstOption[r + 1]; option++)
        {
            // The first part would take the whole.
            if (_empty.Fits(r, option, table.Size[r]))
                return table.Size[r];
        }
        var taken = new Dictionary<int, long>();
        var request = _season.Instance.Requests[r];
        var left = table.Size[r];
        var parts = Enumerable.Range(0, request.Candidates.Count).Select(k => (k, Room: Room(r, k, left, taken))).OrderByDescending(part => part.Room).ThenBy(part => part.k);
        foreach (var (k, _) in parts.ToList())
        {
            var room = Room(r, k, left, taken);
            var least = table.IsSplit(r) ? table.MinPart[r] : table.Size[r];
            if (room < left && left - room < least && left - least >= least)
                room = left - least;
            if (room < least)
                continue;
            Room(r, k, room, taken, take: true);
            left -= room;
            if (left < Math.Max(1, least))
                break;
        }
        return table.Size[r] - left;
    }

    /// <summary>The most seats of the request that the candidate could have beside what is taken, and takes them if asked.</summary>
    private int Room(int r, int k, int most, Dictionary<int, long> taken, bool take = false)
    {
        var candidate = _season.Instance.Requests[r].Candidates[k];
        var pool = _season.Pools.Index(candidate.Pool);
        var step = _season.Pools.Step(pool, candidate.Start);
        var group = _season.Table.Group[r] >= 0 ? _season.Limits.Groups[_season.Table.Group[r]] : null;
        long room = most;
        for (var at = 0; at < candidate.Seats.Count; at++)
        {
            if (candidate.Seats[at] == 0)
                continue;
            var row = _season.Pools.Timelines[pool].Row(step + at, 1);
            if (row < 0)
                return 0;
            var least = _season.FullCapacity[row] - taken.GetValueOrDefault(row);
            if (take)
                taken[row] = taken.GetValueOrDefault(row) + OptionTable.PartAmount(candidate.Seats[at], most, _season.Table.Size[r]);
            var first = group?.Rows.Row(group.Step(step + at, _season.Pools.GridOffset(pool)), group.Scale) ?? -1;
            for (var limit = first; first >= 0 && limit < first + group!.Scale; limit++)
            {
                least = Math.Min(least, group.Limit.Capacity - taken.GetValueOrDefault(limit));
                if (take)
                    taken[limit] = taken.GetValueOrDefault(limit) + OptionTable.PartAmount(candidate.Seats[at], most, _season.Table.Size[r]);
            }
            if (least < candidate.Seats[at])
                room = Math.Min(room, Math.Max(0, least) * _season.Table.Size[r] / candidate.Seats[at]);
        }
        return (int)room;
    }
}
