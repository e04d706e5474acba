using NodaTime;

namespace Scheduler.Solver;

/// <summary>A season in which machines may be added anywhere: it keeps the options that the present capacity has no room for. The capacity of its rows is
/// the present one, so a plan of it may overfill the rows of pools. The seats above capacity are the machines to add. Limits of institutions hold as they
/// are.</summary>
internal static class OpenSeason
{
    /// <summary>The season of an instance.</summary>
    public static Season Of(Instance instance, int threads)
    {
        var season = Presolve.Run(Widened(instance), threads);
        var table = season.Table;
        for (var row = 0; row < table.FirstRows; row++)
        {
            season.FullCapacity[row] -= SizeLimits.Seats;
            table.Capacity[row] = Math.Max(0, season.FullCapacity[row] - season.FixedSeats[row]);
        }
        return season;
    }

    /// <summary>The instance with the added seats. A slot that its pool does not list is listed.</summary>
    public static Instance Raised(Instance instance, IEnumerable<AddedSeats> added)
    {
        var byPool = added.ToLookup(row => row.Pool);
        return instance with
        {
            Pools = [.. instance.Pools.Select(pool =>
            {
                if (!byPool[pool.Id].Any())
                    return pool;
                var more = byPool[pool.Id].GroupBy(row => row.Start).ToDictionary(rows => rows.Key, rows => rows.Sum(row => row.Seats));
                var slots = pool.Slots.Select(slot => more.Remove(slot.Start, out var seats) ? slot with { Capacity = Sum(slot.Capacity, seats) } : slot);
                return pool with { Slots = [.. slots.ToList(), .. more.Select(row => new PoolSlot(row.Key, Sum(0, row.Value)))] };
            })],
        };
    }

    /// <summary>The seats that a plan of the season takes above capacity, in the order of the rows.</summary>
    public static List<AddedSeats> Above(Season season, Incumbent incumbent)
    {
        var rows = new List<AddedSeats>();
        for (var row = 0; row < season.Table.FirstRows; row++)
        {
            var above = -incumbent.Usage.Free[row];
            if (above <= 0)
                continue;
            // Where fixed requests alone overfill the row, nothing new may enter before there is room for them too.
            above += Math.Max(0, season.FixedSeats[row] - season.FullCapacity[row]);
            rows.Add(new AddedSeats(season.Instance.Pools[season.Pools.PoolOf(row)].Id, season.Pools.StartOf(row), above));
        }
        return rows;
    }

    /// <summary>The starts of the slots of a pool that a candidate covers, in order.</summary>
    public static IEnumerable<Instant> CoveredSlots(Instance instance, string pool)
    {
        var (slot, starts) = (Duration.FromMinutes(instance.SlotMinutes), new SortedSet<Instant>());
        foreach (var request in instance.Requests)
        {
            foreach (ref readonly var candidate in CandidateSpan.Of(request))
            {
                for (var at = 0; at < candidate.Seats.Count && candidate.Pool == pool; at++)
                    starts.Add(candidate.Start + (slot * at));
            }
        }
        return starts;
    }

    private static int Sum(int capacity, long seats) => (int)Math.Min(SizeLimits.Seats, capacity + seats);

    /// <summary>The instance with room for everything: each pool lists every slot that a candidate covers, and all slots have many more seats.</summary>
    private static Instance Widened(Instance instance)
    {
        var slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        var covered = instance.Pools.ToDictionary(pool => pool.Id, pool => pool.Slots.Select(one => one.Start.ToUnixTimeTicks()).ToHashSet());
        var missing = instance.Pools.ToDictionary(pool => pool.Id, _ => new List<PoolSlot>());
        foreach (var request in instance.Requests)
        {
            foreach (ref readonly var candidate in CandidateSpan.Of(request))
            {
                var (known, start) = (covered[candidate.Pool], candidate.Start.ToUnixTimeTicks());
                for (var at = 0; at < candidate.Seats.Count; at++)
                {
                    if (known.Add(start + (at * slot)))
                        missing[candidate.Pool].Add(new PoolSlot(Instant.FromUnixTimeTicks(start + (at * slot)), SizeLimits.Seats));
                }
            }
        }
        return instance with
        {
            Pools = [.. instance.Pools.Select(pool => pool with
            {
                Slots = [.. pool.Slots.Select(one => one with { Capacity = one.Capacity + SizeLimits.Seats }), .. missing[pool.Id]],
            })],
        };
    }
}
