namespace Scheduler.Solver;

/// <summary>Stage 1: turns an instance into the option table. What is fixed comes off the capacity; candidates that can never be taken (too big, outside
/// the slots, worth nothing) leave; limits that cannot bind get no rows. Leaving a too big candidate in would not change a plan but loosen the bound.</summary>
internal static class Reduce
{
    public static Season Run(Instance instance, int threads = 1)
    {
        var pools = new PoolRows(instance);
        var draft = new DraftOptions(instance, pools, threads);
        var rows = BuildPoolRows(instance, pools, draft);
        var capacity = PoolCapacity(instance, pools, rows);
        draft.Fill();
        var limits = LimitDraft.Build(instance, pools, draft, rows, out var limitCapacity);
        long[] full = [.. capacity, .. limitCapacity];
        var fixedSeats = new long[full.Length];
        draft.TakeFixed(limits, fixedSeats);
        var left = new long[full.Length];
        for (var row = 0; row < full.Length; row++)
            left[row] = Math.Max(0, full[row] - fixedSeats[row]);
        draft.DropWhatCannotFit(limits, left);
        return new Season
        {
            Instance = instance, Pools = pools, Limits = limits, Fixed = draft.Fixed, FixedValue = draft.FixedValue, FullCapacity = full, FixedSeats = fixedSeats,
            Table = draft.ToTable(left, rows, limits),
        };
    }

    /// <summary>Rows for every listed slot, and for what sits or spans a pause where no slot is listed.</summary>
    private static int BuildPoolRows(Instance instance, PoolRows pools, DraftOptions draft)
    {
        for (var index = 0; index < instance.Pools.Count; index++)
        {
            foreach (var slot in instance.Pools[index].Slots)
            {
                var step = pools.Step(index, slot.Start);
                pools.Timelines[index].Add(step, step + 1);
            }
        }
        foreach (var (candidate, profile) in draft.BeyondSlots())
        {
            var pool = pools.Index(candidate.Pool);
            var step = pools.Step(pool, candidate.Start) + draft.Profiles.Lead(profile);
            pools.Timelines[pool].Add(step, step + draft.Profiles.SpanOf(profile));
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
