namespace Scheduler.Solver;

/// <summary>Finds the parts of a season that meet in no pool, so that they can be worked on side by side.</summary>
internal static class Blocks
{
    /// <summary>The block of every request, numbered by first request, and how many there are. Requests without options are in block 0.</summary>
    public static (int[] Block, int Blocks) Of(int[] first, int[] row, int[] profile, ProfileTable profiles, PoolRows pools)
    {
        var parent = Enumerable.Range(0, pools.Timelines.Length + 1).ToArray();
        var home = new int[first.Length - 1];
        Array.Fill(home, -1);
        var (from, to, pool) = (0, 0, -1);
        for (var r = 0; r < home.Length; r++)
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
                if (home[r] < 0)
                    home[r] = pool;
                else if (home[r] != pool)
                    parent[Root(parent, pool)] = Root(parent, home[r]);
            }
        }
        var number = new Dictionary<int, int>();
        var block = new int[home.Length];
        for (var r = 0; r < home.Length; r++)
        {
            if (home[r] < 0)
                continue;
            var root = Root(parent, home[r]);
            if (!number.TryGetValue(root, out block[r]))
                number.Add(root, block[r] = number.Count);
        }
        return (block, Math.Max(1, number.Count));
    }

    /// <summary>By row, the first row of its pool from which the pool's longest option reaches it.</summary>
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
