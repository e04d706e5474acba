namespace Scheduler.Solver;

/// <summary>Stage 1: turns an instance into the option table. Fixed requests are subtracted from the capacity. Candidates outside the slots, or with no room
/// for even their smallest part, are dropped: they could not change a plan, but would loosen the bound. Candidates that cost more than their value stay,
/// because sharing may use them. Limits that cannot bind get no rows.</summary>
internal static class Presolve
{
    public static Season Run(Instance instance, int threads = 1)
    {
        var pools = new PoolRows(instance);
        var options = new OptionBuilder(instance, pools, threads);
        var rows = BuildPoolRows(instance, pools, options);
        var capacity = PoolCapacity(instance, pools, rows);
        options.ReadCandidates();
        var limits = LimitRowBuilder.Build(instance, pools, options, rows, out var limitCapacity);
        long[] full = [.. capacity, .. limitCapacity];
        var fixedSeats = new long[full.Length];
        options.AddFixedSeats(limits, fixedSeats);
        var left = new long[full.Length];
        for (var row = 0; row < full.Length; row++)
            left[row] = Math.Max(0, full[row] - fixedSeats[row]);
        options.DropTooLarge(limits, left);
        return new Season
        {
            Instance = instance, Pools = pools, Limits = limits, Fixed = options.Fixed, FixedValue = options.FixedValue,
            FullCapacity = full, FixedSeats = fixedSeats,
            Table = options.ToTable(left, rows, limits),
        };
    }

    /// <summary>Makes rows for every listed slot. Current assignments and profiles with a pause get rows also where no slot is listed.</summary>
    private static int BuildPoolRows(Instance instance, PoolRows pools, OptionBuilder options)
    {
        for (var index = 0; index < instance.Pools.Count; index++)
        {
            foreach (var slot in instance.Pools[index].Slots)
            {
                var step = pools.Step(index, slot.Start);
                pools.Timelines[index].Add(step, step + 1);
            }
        }
        foreach (var (candidate, profile) in options.BeyondSlots())
        {
            var pool = pools.Index(candidate.Pool);
            var step = pools.Step(pool, candidate.Start) + options.Profiles.Lead(profile);
            pools.Timelines[pool].Add(step, step + options.Profiles.SpanOf(profile));
        }
        var rows = 0;
        for (var index = 0; index < instance.Pools.Count; index++)
        {
            pools.FirstRow[index] = rows;
            pools.Timelines[index].Build(rows);
            rows += pools.Timelines[index].Rows;
        }
        pools.FirstRow[instance.Pools.Count] = rows;
        return rows;
    }

    private static long[] PoolCapacity(Instance instance, PoolRows pools, int rows)
    {
        var capacity = new long[rows];
        for (var index = 0; index < instance.Pools.Count; index++)
        {
            foreach (var slot in instance.Pools[index].Slots)
                capacity[pools.Timelines[index].Row(pools.Step(index, slot.Start), 1)] = slot.Capacity;
        }
        return capacity;
    }
}
