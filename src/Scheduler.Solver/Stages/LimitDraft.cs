using NodaTime;

namespace Scheduler.Solver;

/// <summary>Finds the institutions' limits that can bind at all, cuts their time into rows, and ties the options to them.</summary>
internal static class LimitDraft
{
    public static LimitRows Build(Instance instance, PoolRows pools, DraftOptions draft, int firstRow, out List<long> capacity)
    {
        var limits = new LimitRows();
        capacity = [];
        var slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        draft.Profiles.Freeze();
        foreach (var (institution, limit, requests) in Demands(instance))
        {
            long[] grids = [.. Grids(pools, draft, requests)];
            if (grids.Length == 0)
                continue;
            var group = new LimitGroup(institution, limit, grids, slot) { FirstRow = firstRow };
            foreach (var r in requests)
                ForEach(pools, draft, r, group, (_, step, length) => group.Rows.Add(step, step + length));
            group.Rows.Build(firstRow);
            if (!CanBind(instance, pools, draft, requests, group))
                continue;
            foreach (var r in requests)
            {
                draft.Group[r] = limits.Groups.Count;
                ForEach(pools, draft, r, group, (option, step, length) => draft.SetSecond(option, group.Rows.Row(step, length)));
            }
            limits.Add(group);
            for (var row = 0; row < group.Rows.Rows; row++)
                capacity.Add(limit.Capacity);
            firstRow += group.Rows.Rows;
        }
        draft.Scale = r => limits.Groups[draft.Group[r]].Scale;
        return limits;
    }

    private static IEnumerable<(int Institution, InstitutionLimit Limit, List<int> Requests)> Demands(Instance instance)
    {
        var index = instance.Institutions.Select((institution, at) => (institution.Id, at)).ToDictionary(p => p.Id, p => p.at);
        var demands = new List<int>?[instance.Institutions.Count, 2];
        for (var r = 0; r < instance.Requests.Count; r++)
        {
            if (instance.Requests[r].Limit is { } kind)
                (demands[index[instance.Requests[r].Institution], (int)kind] ??= []).Add(r);
        }
        for (var at = 0; at < instance.Institutions.Count; at++)
        {
            foreach (var limit in instance.Institutions[at].Limits)
            {
                if (demands[at, (int)limit.Kind] is { } requests)
                    yield return (at, limit, requests);
            }
        }
    }

    private static SortedSet<long> Grids(PoolRows pools, DraftOptions draft, List<int> requests)
    {
        var grids = new SortedSet<long>();
        var (from, to) = (0, 0);
        foreach (var r in requests)
        {
            var (first, end) = draft.Range(r);
            for (var option = first; option < end; option++)
            {
                if (draft.Profiles.Span[draft.Profile(option)] == 0 || (draft.Row(option) >= from && draft.Row(option) < to))
                    continue;
                var pool = pools.PoolOf(draft.Row(option));
                (from, to) = (pools.FirstRow[pool], pools.FirstRow[pool + 1]);
                grids.Add(pools.GridOffset(pool));
            }
        }
        return grids;
    }

    private static void ForEach(PoolRows pools, DraftOptions draft, int request, LimitGroup group, Action<int, long, int> use)
    {
        var (from, to) = draft.Range(request);
        var (poolFrom, poolTo, pool) = (0, 0, -1);
        for (var option = from; option < to; option++)
        {
            var span = draft.Profiles.Span[draft.Profile(option)];
            if (span == 0)
                continue;
            var row = draft.Row(option);
            if (row < poolFrom || row >= poolTo)
            {
                pool = pools.PoolOf(row);
                (poolFrom, poolTo) = (pools.FirstRow[pool], pools.FirstRow[pool + 1]);
            }
            use(option, group.Step(pools.Timelines[pool].Step(row), pools.GridOffset(pool)), span * group.Scale);
        }
    }

    /// <summary>Whether all requests at their largest could overfill any row: each counts once per row, however many of its options cover it.</summary>
    private static bool CanBind(Instance instance, PoolRows pools, DraftOptions draft, List<int> requests, LimitGroup group)
    {
        var rows = group.Rows.Rows;
        var (sum, most, touched) = (new long[rows], new int[rows], new List<int>());
        var profiles = draft.Profiles;
        foreach (var r in requests)
        {
            ForEach(pools, draft, r, group, (option, step, length) =>
            {
                var first = group.Rows.Row(step, length) - group.FirstRow;
                var profile = draft.Profile(option);
                for (var run = profiles.FirstRun[profile]; run < profiles.FirstRun[profile + 1]; run++)
                {
                    var at = first + (profiles.Offset[run] * group.Scale);
                    for (var end = at + (profiles.Length[run] * group.Scale); at < end; at++)
                    {
                        if (most[at] == 0)
                            touched.Add(at);
                        most[at] = Math.Max(most[at], profiles.Amount[run]);
                    }
                }
            });
            // Parts of one request may take the same row several times, together at most a seat more per part than the whole.
            var parts = instance.Requests[r].MinGroup is null ? 0 : draft.Range(r).To - draft.Range(r).From;
            foreach (var at in touched)
            {
                sum[at] += most[at] + parts;
                most[at] = 0;
            }
            touched.Clear();
        }
        return sum.Any(seats => seats > group.Limit.Capacity);
    }
}
