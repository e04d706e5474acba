namespace Scheduler.Solver;

/// <summary>Stage 10: finds the obstacle of every unserved request, candidate by candidate, in the finished plan.</summary>
internal sealed class Explain
{
    private enum Obstacle
    {
        TooBig,
        LimitTooSmall,
        NotWorthIt,
        Pool,
        Limit,
        None,
    }

    private readonly Season _season;
    private readonly Incumbent _incumbent;
    private readonly long[] _used;
    private readonly long[] _firm;
    private readonly LimitUse _limits;
    private readonly long _slot;

    private Explain(Season season, Incumbent incumbent)
    {
        (_season, _incumbent, _limits) = (season, incumbent, new LimitUse(season, incumbent));
        _slot = NodaTime.Duration.FromMinutes(season.Instance.SlotMinutes).BclCompatibleTicks;
        var table = season.Table;
        _used = new long[table.Rows];
        for (var row = 0; row < table.Rows; row++)
            _used[row] = season.FixedSeats[row] + table.Capacity[row] - incumbent.Usage.Free[row];
        var firm = new Usage(table, new long[table.Rows]);
        for (var unit = 0; unit < incumbent.Option.Length; unit++)
        {
            if (incumbent.Option[unit] >= 0 && table.Service[incumbent.UnitRequest[unit]] != ServiceClass.Optional)
                firm.Take(incumbent.UnitRequest[unit], incumbent.Option[unit], incumbent.Seats[unit]);
        }
        _firm = new long[table.Rows];
        for (var row = 0; row < table.Rows; row++)
            _firm[row] = season.FixedSeats[row] - firm.Free[row];
    }

    public static Unserved[] Run(Season season, Incumbent incumbent, int threads)
    {
        const int Together = 16;
        var explain = new Explain(season, incumbent);
        int[] unserved = [.. Enumerable.Range(0, season.Table.Requests).Where(r => !season.Fixed[r] && !incumbent.IsServed(r))];
        var rows = new Unserved[unserved.Length];
        RequestChunks.Each(rows.Length, Together, threads, (_, from, to) =>
        {
            for (var at = from; at < to; at++)
                rows[at] = explain.Of(unserved[at]);
        });
        return rows;
    }

    private Unserved Of(int r)
    {
        var request = _season.Instance.Requests[r];
        var seats = _incumbent.UnservedSeats[r];
        if (request.Candidates.Count == 0)
            return new Unserved(request.Id, seats, UnservedReason.NoCandidates, []);
        var rows = new List<Blocked>(Math.Min(request.Candidates.Count, SizeLimits.BlockedRows));
        var seen = new int[6];
        var (outbid, own) = (false, OwnSeats(r));
        for (var k = 0; k < request.Candidates.Count; k++)
        {
            var (obstacle, canDisplace, blocked) = Inspect(r, k, own);
            seen[(int)obstacle]++;
            outbid |= canDisplace && obstacle == Obstacle.Pool;
            if (blocked is { } row)
                rows.Add(row);
        }
        var reason = seen[(int)Obstacle.Pool] > 0 ? (outbid ? UnservedReason.Outbid : UnservedReason.Full)
            : seen[(int)Obstacle.Limit] > 0 ? UnservedReason.Limit
            : seen[(int)Obstacle.NotWorthIt] + seen[(int)Obstacle.None] > 0 ? UnservedReason.NotWorthIt
            : seen[(int)Obstacle.LimitTooSmall] > 0 ? UnservedReason.Limit
            : UnservedReason.TooBig;
        return new Unserved(request.Id, seats, reason, Nearest(rows));
    }

    /// <summary>Of too many rows, those with the fewest seats missing, so that the smallest extra capacity that would serve the request is among
    /// them.</summary>
    private static List<Blocked> Nearest(List<Blocked> rows)
    {
        if (rows.Count <= SizeLimits.BlockedRows)
            return rows;
        var kept = Enumerable.Range(0, rows.Count).OrderBy(at => rows[at].SeatsMissing).ThenBy(at => at).Take(SizeLimits.BlockedRows).Order();
        return [.. kept.Select(at => rows[at])];
    }

    /// <summary>Finds the obstacle of one candidate, and its tightest row where at least one seat is missing.</summary>
    private (Obstacle Obstacle, bool CanDisplace, Blocked? Row) Inspect(int r, int k, Dictionary<int, long> own)
    {
        var request = _season.Instance.Requests[r];
        ref readonly var candidate = ref CandidateSpan.Of(request)[k];
        var demand = DemandOf(r, k);
        var pool = _season.Pools.Index(candidate.Pool);
        var step = _season.Pools.Step(pool, candidate.Start);
        var group = _season.Table.Group[r] >= 0 ? _season.Limits.Groups[_season.Table.Group[r]] : null;
        var limit = _limits.Of(request);
        var (poolMissing, poolAt, limitMissing, limitAt) = (0L, 0, 0L, 0);
        var (tooBig, limitTooSmall, canDisplace) = (false, false, true);
        for (var at = 0; at < candidate.Seats.Count; at++)
        {
            // A slot in which the candidate takes no seat is no obstacle.
            if (candidate.Seats[at] == 0)
                continue;
            var (need, least) = (demand.More(candidate.Seats[at]), demand.Least(candidate.Seats[at]));
            var row = _season.Pools.Timelines[pool].Row(step + at, 1);
            var capacity = row < 0 ? 0 : _season.FullCapacity[row];
            var missing = need - capacity + (row < 0 ? 0 : _used[row]);
            if (missing > poolMissing)
                (poolMissing, poolAt) = (missing, at);
            tooBig |= least > capacity;
            canDisplace &= row >= 0 && least <= capacity - Firm(r, row) - own.GetValueOrDefault(row);
            if (limit is null)
                continue;
            limitTooSmall |= least > limit.Capacity;
            missing = need - limit.Capacity + (Used(group, step + at, pool) ?? limit.Used(candidate.Start.ToUnixTimeTicks() + (at * _slot)));
            if (missing > limitMissing)
                (limitMissing, limitAt) = (missing, at);
        }
        var byLimit = limitMissing > poolMissing;
        var slot = NodaTime.Duration.FromMinutes((long)_season.Instance.SlotMinutes * (byLimit ? limitAt : poolAt));
        Blocked? blocked = Math.Max(poolMissing, limitMissing) > 0
            ? new Blocked(candidate.Pool, candidate.Start + slot, byLimit ? limitMissing : poolMissing, byLimit ? request.Limit : null)
            : null;
        var obstacle = tooBig ? Obstacle.TooBig : limitTooSmall ? Obstacle.LimitTooSmall
            : !OptionBuilder.IsMandatory(request) && request.Value - candidate.Cost <= 0 ? Obstacle.NotWorthIt
            : poolMissing > 0 ? Obstacle.Pool : limitMissing > 0 ? Obstacle.Limit : Obstacle.None;
        return (obstacle, canDisplace, blocked);
    }

    /// <summary>The seats that the parts of the request itself take, by row. A request displaces others, and not itself.</summary>
    private Dictionary<int, long> OwnSeats(int r)
    {
        var (table, own) = (_season.Table, new Dictionary<int, long>());
        for (var unit = _incumbent.FirstUnit[r]; unit < _incumbent.FirstUnit[r + 1]; unit++)
        {
            if (_incumbent.Option[unit] < 0)
                continue;
            foreach (var run in table.Runs(r, _incumbent.Option[unit]))
            {
                var seats = OptionTable.PartAmount(run.Amount, _incumbent.Seats[unit], table.Size[r]);
                for (var row = run.First; row < run.End; row++)
                    own[row] = own.GetValueOrDefault(row) + seats;
                for (var row = run.Second; row < run.SecondEnd; row++)
                    own[row] = own.GetValueOrDefault(row) + seats;
            }
        }
        return own;
    }

    /// <summary>The seats that the candidate would have to serve: the seats that are left, on top of the part that it has; as a new part at least the
    /// smallest part.</summary>
    private UnservedDemand DemandOf(int r, int k)
    {
        var (table, left, part) = (_season.Table, _incumbent.UnservedSeats[r], 0);
        for (var unit = _incumbent.FirstUnit[r]; unit < _incumbent.FirstUnit[r + 1]; unit++)
        {
            if (_incumbent.Option[unit] >= 0 && table.Candidate[_incumbent.Option[unit]] == k)
                part = _incumbent.Seats[unit];
        }
        var least = table.IsSplit(r) ? Math.Min(left, table.MinPart[r]) : left;
        return new UnservedDemand(table.Size[r], part, part == 0 ? Math.Max(left, table.MinPart[r]) : left, least);
    }

    /// <summary>The most seats in use against the limit in a slot, from the limit's rows; null where they do not cover the slot.</summary>
    private long? Used(LimitGroup? group, long slot, int pool)
    {
        if (group?.FirstRowOf(slot, _season.Pools.GridOffset(pool)) is not (>= 0 and var first))
            return null;
        var most = 0L;
        for (var row = first; row < first + group.Scale; row++)
            most = Math.Max(most, _used[row]);
        return most;
    }

    // A mandatory request could also displace other mandatory ones: those outbid it.
    private long Firm(int r, int row) => _season.Table.Service[r] == ServiceClass.Mandatory ? _season.FixedSeats[row] : _firm[row];
}
