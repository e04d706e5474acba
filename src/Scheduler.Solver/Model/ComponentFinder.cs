namespace Scheduler.Solver;

/// <summary>Finds the connected components of a season: sets of requests that share no pool with other sets and can be solved side by side.</summary>
internal static class ComponentFinder
{
    /// <summary>The component of every request, numbered in the order of first requests, and the number of components. Requests without options are in
    /// component 0.</summary>
    public static (int[] Component, int Components) Components(int[] first, int[] row, int[] profile, ProfileTable profiles, PoolRows pools)
    {
        var parent = Enumerable.Range(0, pools.Timelines.Length + 1).ToArray();
        var preferred = new int[first.Length - 1];
        Array.Fill(preferred, -1);
        var (from, to, pool) = (0, 0, -1);
        for (var r = 0; r < preferred.Length; r++)
        {
            for (var option = first[r]; option < first[r + 1]; option++)
            {
                if (profiles.Span[profile[option]] == 0)
                    continue;
                if (row[option] < from || row[option] >= to)
                {
                    pool = pools.PoolOf(row[option]);
                    (from, to) = (pools.FirstRow[pool], pools.FirstRow[pool + 1]);
                }
                if (preferred[r] < 0)
                    preferred[r] = pool;
                else if (preferred[r] != pool)
                    parent[Root(parent, pool)] = Root(parent, preferred[r]);
            }
        }
        var number = new Dictionary<int, int>();
        var component = new int[preferred.Length];
        for (var r = 0; r < preferred.Length; r++)
        {
            if (preferred[r] < 0)
                continue;
            var root = Root(parent, preferred[r]);
            if (!number.TryGetValue(root, out component[r]))
                number.Add(root, component[r] = number.Count);
        }
        return (component, Math.Max(1, number.Count));
    }

    /// <summary>For each row, the first row of its pool at which the pool's longest option would reach it.</summary>
    public static int[] ReachFrom(int firstRows, int[] row, int[] profile, ProfileTable profiles, PoolRows pools)
    {
        var longest = new int[pools.Timelines.Length];
        var (from, to, pool) = (0, 0, -1);
        for (var option = 0; option < row.Length; option++)
        {
            if (profiles.Span[profile[option]] == 0)
                continue;
            if (row[option] < from || row[option] >= to)
            {
                pool = pools.PoolOf(row[option]);
                (from, to) = (pools.FirstRow[pool], pools.FirstRow[pool + 1]);
            }
            longest[pool] = Math.Max(longest[pool], profiles.Span[profile[option]]);
        }
        var reach = new int[firstRows];
        for (var p = 0; p < longest.Length; p++)
        {
            for (var at = pools.FirstRow[p]; at < pools.FirstRow[p + 1]; at++)
                reach[at] = Math.Max(pools.FirstRow[p], at - longest[p] + 1);
        }
        return reach;
    }

    private static int Root(int[] parent, int at)
    {
        while (parent[at] != at)
            at = parent[at] = parent[parent[at]];
        return at;
    }
}
