using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>Makes ranges of the seats that the solver adds to single slots.</summary>
public static class AddedRanges
{
    /// <summary>The added seats of single slots, with touching slots of equal seats as one range.</summary>
    public static ImmutableArray<AddedRange> Of(IEnumerable<AddedSeats> slots)
    {
        var ranges = ImmutableArray.CreateBuilder<AddedRange>();
        var rows = slots.Select(row => (Pool: InstancePools.PoolOf(row.Pool), row.Start, Add: (int)row.Seats));
        foreach (var (pool, start, add) in rows.OrderBy(row => row.Pool.Text, StringComparer.Ordinal).ThenBy(row => row.Start))
        {
            var end = start + Duration.FromMinutes(SlotHour.LengthMinutes);
            if (ranges.Count > 0 && ranges[^1] is var last && last.Pool == pool && last.To == start && last.Add == add)
                ranges[^1] = last with { To = end };
            else
                ranges.Add(new(pool, start, end, add));
        }

        return ranges.ToImmutable();
    }
}
