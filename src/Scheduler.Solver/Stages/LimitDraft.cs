using System.Runtime.InteropServices;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Finds the institutions' limits that can bind at all, cuts their time into rows, and ties the options to them.</summary>
internal sealed class LimitDraft
{
    private readonly Instance _instance;
    private readonly PoolRows _pools;
    private readonly DraftOptions _draft;
    private readonly List<Stretch> _stretches = [];
    private readonly int[] _gridOfPool;
    private long[] _sum = [];
    private int[] _most = [];

    private LimitDraft(Instance instance, PoolRows pools, DraftOptions draft) =>
        (_instance, _pools, _draft, _gridOfPool) = (instance, pools, draft, new int[instance.Pools.Count]);

    public static LimitRows Build(Instance instance, PoolRows pools, DraftOptions draft, int firstRow, out List<long> capacity)
    {
        const int Together = 16;
        var demands = Demands(instance, draft.Requests);
        var (limits, bound, groups) = (new LimitRows(), new List<(LimitGroup Group, List<int> Requests)>(), new LimitGroup?[demands.Count]);
        capacity = [];
        // Every limit by itself, its rows numbered from 0; only those that can bind then take their place behind each other.
        RequestChunks.Each(groups.Length, Together, draft.Threads, (_, from, to) =>
        {
            var work = new LimitDraft(instance, pools, draft);
            for (var at = from; at < to; at++)
                groups[at] = work.Group(demands[at].Institution, demands[at].Limit, demands[at].Requests);
        });
        for (var at = 0; at < groups.Length; at++)
        {
            if (groups[at] is not { } group)
                continue;
            foreach (var r in demands[at].Requests)
                draft.Group[r] = bound.Count;
            bound.Add((group, demands[at].Requests));
            limits.Add(group);
            group.FirstRow = firstRow;
            for (var row = 0; row < group.Rows.Rows; row++)
                capacity.Add(group.Limit.Capacity);
            firstRow += group.Rows.Rows;
        }
        RequestChunks.Each(bound.Count, draft.Threads, at =>
        {
            var (group, requests) = bound[at];
            group.Rows.Shift(group.FirstRow);
            foreach (var r in requests)
                draft.ShiftSecond(r, group.FirstRow);
        });
        return limits;
    }

    /// <summary>The limit's rows with its options tied to them; null for a limit that nothing counts against, or that cannot bind.</summary>
    private LimitGroup? Group(int institution, InstitutionLimit limit, List<int> requests)
    {
        if (requests.Sum(r => (long)_draft.Size[r] + Parts(r)) <= limit.Capacity)
            return null;
        long[] grids = [.. Collect(requests)];
        if (grids.Length == 0)
            return null;
        for (var pool = 0; pool < _gridOfPool.Length; pool++)
            _gridOfPool[pool] = Array.BinarySearch(grids, _pools.GridOffset(pool));
        var group = new LimitGroup(institution, limit, grids, Duration.FromMinutes(_instance.SlotMinutes).BclCompatibleTicks);
        var stretches = CollectionsMarshal.AsSpan(_stretches);
        foreach (ref var stretch in stretches)
        {
            stretch.Step = (stretch.Step * grids.Length) + _gridOfPool[stretch.Pool];
            group.Rows.Add(stretch.Step, stretch.Step + stretch.Length(grids.Length));
        }
        group.Rows.Build(0);
        var guess = 0;
        foreach (ref var stretch in stretches)
            stretch.Row = group.Rows.Row(stretch.Step, stretch.Length(grids.Length), ref guess);
        if (!CanBind(group))
            return null;
        foreach (ref readonly var stretch in stretches)
            _draft.SetSecond(stretch.Option, stretch.Row);
        return group;
    }

    private static List<(int Institution, InstitutionLimit Limit, List<int> Requests)> Demands(Instance instance, Request[] requests)
    {
        var index = instance.Institutions.Select((institution, at) => (institution.Id, at)).ToDictionary(p => p.Id, p => p.at);
        var (byLimit, demands) = (new List<int>?[instance.Institutions.Count, 2], new List<(int, InstitutionLimit, List<int>)>());
        for (var r = 0; r < requests.Length; r++)
        {
            if (requests[r].Limit is { } kind)
                (byLimit[index[requests[r].Institution], (int)kind] ??= []).Add(r);
        }
        for (var at = 0; at < instance.Institutions.Count; at++)
        {
            foreach (var limit in instance.Institutions[at].Limits)
            {
                if (byLimit[at, (int)limit.Kind] is { } counted)
                    demands.Add((at, limit, counted));
            }
        }
        return demands;
    }

    /// <summary>Lists the stretches of time of the requests' options, and says on which grids they lie.</summary>
    private SortedSet<long> Collect(List<int> requests)
    {
        _stretches.Clear();
        var grids = new SortedSet<long>();
        var (poolFrom, poolTo, pool, guess) = (0, 0, -1, 0);
        foreach (var r in requests)
        {
            var (from, to) = _draft.Range(r);
            for (var option = from; option < to; option++)
            {
                var span = _draft.Profiles.Span[_draft.Profile(option)];
                if (span == 0)
                    continue;
                var row = _draft.Row(option);
                if (row < poolFrom || row >= poolTo)
                {
                    pool = _pools.PoolOf(row);
                    (poolFrom, poolTo) = (_pools.FirstRow[pool], _pools.FirstRow[pool + 1]);
                    grids.Add(_pools.GridOffset(pool));
                }
                _stretches.Add(new Stretch { Request = r, Option = option, Pool = pool, Span = span, Step = _pools.Timelines[pool].Step(row, ref guess) });
            }
        }
        return grids;
    }

    /// <summary>Whether all requests at their largest could overfill any row: each counts once per row, however many of its options cover it.</summary>
    private bool CanBind(LimitGroup group)
    {
        var rows = group.Rows.Rows;
        if (_sum.Length < rows)
            (_sum, _most) = (new long[rows], new int[rows]);
        Array.Clear(_sum, 0, rows);
        var touched = new List<int>();
        var profiles = _draft.Profiles;
        var stretches = CollectionsMarshal.AsSpan(_stretches);
        for (var at = 0; at < stretches.Length;)
        {
            var r = stretches[at].Request;
            // Where options of one profile follow each other, only what the last did not cover yet is looked at.
            var (lastProfile, covered, lastRow) = (-1, 0, 0);
            for (; at < stretches.Length && stretches[at].Request == r; at++)
            {
                var profile = _draft.Profile(stretches[at].Option);
                var first = stretches[at].Row;
                var isOneRun = profiles.FirstRun[profile] + 1 == profiles.FirstRun[profile + 1];
                var from = isOneRun && profile == lastProfile && first >= lastRow && first <= covered ? covered : first;
                for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
                {
                    var row = Math.Max(from, first + (profiles.Offset[run] * group.Scale));
                    for (var end = first + ((profiles.Offset[run] + profiles.Length[run]) * group.Scale); row < end; row++)
                    {
                        if (_most[row] == 0)
                            touched.Add(row);
                        _most[row] = Math.Max(_most[row], profiles.Amount[run]);
                    }
                }
                (lastProfile, lastRow, covered) = (isOneRun ? profile : -1, first, first + stretches[at].Length(group.Scale));
            }
            var parts = Parts(r);
            foreach (var row in touched)
            {
                _sum[row] += _most[row] + parts;
                _most[row] = 0;
            }
            touched.Clear();
        }
        return _sum.AsSpan(0, rows).ContainsAnyExceptInRange(0, group.Limit.Capacity);
    }

    /// <summary>Parts of one request may take the same row several times, together at most a seat more per part than the whole.</summary>
    private int Parts(int r) => _instance.Requests[r].MinGroup is null ? 0 : _draft.Range(r).To - _draft.Range(r).From;

    private struct Stretch
    {
        public int Request;
        public int Option;
        public int Pool;
        public int Span;
        public int Row;

        /// <summary>Slot of the pool, then step of the limit's rows.</summary>
        public long Step;

        public readonly int Length(int scale) => Span * scale;
    }
}
