using System.Runtime.InteropServices;
using NodaTime;

namespace Scheduler.Solver;

/// <summary>Finds the institutions' limits that can bind, divides their time into rows, and assigns the rows to the options.</summary>
internal sealed class LimitRowBuilder
{
    private readonly Instance _instance;
    private readonly PoolRows _pools;
    private readonly OptionBuilder _options;
    private readonly List<Stretch> _stretches = [];
    private readonly int[] _gridOfPool;
    private long[] _sum = [];
    private int[] _most = [];

    private LimitRowBuilder(Instance instance, PoolRows pools, OptionBuilder options) =>
        (_instance, _pools, _options, _gridOfPool) = (instance, pools, options, new int[instance.Pools.Count]);

    public static LimitRows Build(Instance instance, PoolRows pools, OptionBuilder options, int firstRow, out List<long> capacity)
    {
        const int Together = 16;
        var demands = Demands(instance, options.Requests);
        var (limits, bound, groups) = (new LimitRows(), new List<(LimitGroup Group, List<int> Requests)>(), new LimitGroup?[demands.Count]);
        capacity = [];
        // Each limit numbers its rows from 0. Then the limits that can bind are put one behind the other.
        RequestChunks.Each(groups.Length, Together, options.Threads, (_, from, to) =>
        {
            var work = new LimitRowBuilder(instance, pools, options);
            for (var at = from; at < to; at++)
                groups[at] = work.Group(demands[at].Institution, demands[at].Limit, demands[at].Requests);
        });
        for (var at = 0; at < groups.Length; at++)
        {
            if (groups[at] is not { } group)
                continue;
            foreach (var r in demands[at].Requests)
                options.Group[r] = bound.Count;
            bound.Add((group, demands[at].Requests));
            limits.Add(group);
            group.FirstRow = firstRow;
            for (var row = 0; row < group.Rows.Rows; row++)
                capacity.Add(group.Limit.Capacity);
            firstRow += group.Rows.Rows;
        }
        RequestChunks.Each(bound.Count, options.Threads, at =>
        {
            var (group, requests) = bound[at];
            group.Rows.Shift(group.FirstRow);
            foreach (var r in requests)
                options.ShiftSecondRows(r, group.FirstRow);
        });
        return limits;
    }

    /// <summary>The limit's rows with its options tied to them; null for a limit that nothing counts against, or that cannot bind.</summary>
    private LimitGroup? Group(int institution, InstitutionLimit limit, List<int> requests)
    {
        if (requests.Sum(r => (long)_options.Size[r] + Parts(r)) <= limit.Capacity)
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
            _options.SetSecondRow(stretch.Option, stretch.Row);
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

    /// <summary>Collects the intervals of the requests' options. Returns the grids of their pools.</summary>
    private SortedSet<long> Collect(List<int> requests)
    {
        _stretches.Clear();
        var grids = new SortedSet<long>();
        var (poolFrom, poolTo, pool, guess) = (0, 0, -1, 0);
        foreach (var r in requests)
        {
            var (from, to) = _options.Range(r);
            for (var option = from; option < to; option++)
            {
                var span = _options.Profiles.Span[_options.Profile(option)];
                if (span == 0)
                    continue;
                var row = _options.Row(option);
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

    /// <summary>Whether all requests together could overfill a row. A request counts once per row, with its largest amount there.</summary>
    private bool CanBind(LimitGroup group)
    {
        var rows = group.Rows.Rows;
        if (_sum.Length < rows)
            (_sum, _most) = (new long[rows], new int[rows]);
        Array.Clear(_sum, 0, rows);
        var touched = new List<int>();
        var profiles = _options.Profiles;
        var stretches = CollectionsMarshal.AsSpan(_stretches);
        for (var at = 0; at < stretches.Length;)
        {
            var r = stretches[at].Request;
            // Of overlapping options with one profile, only the rows that the last option did not cover are read.
            var (lastProfile, covered, lastRow) = (-1, 0, 0);
            for (; at < stretches.Length && stretches[at].Request == r; at++)
            {
                var profile = _options.Profile(stretches[at].Option);
                var first = stretches[at].Row;
                var isOneRun = profiles.FirstRun[profile] + 1 == profiles.FirstRun[profile + 1];
                var from = isOneRun && profile == lastProfile && first >= lastRow && first <= covered ? covered : first;
                foreach (var run in new RowRuns(profiles, profile, 0, first, group.Scale))
                {
                    for (var row = Math.Max(from, run.Second); row < run.SecondEnd; row++)
                    {
                        if (_most[row] == 0)
                            touched.Add(row);
                        _most[row] = Math.Max(_most[row], run.Amount);
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

    /// <summary>Parts of one request that take the same row need at most one seat more per part than the whole, because each rounds up.</summary>
    private int Parts(int r) => _instance.Requests[r].MinGroup is null ? 0 : _options.Range(r).To - _options.Range(r).From;

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
