using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// Advises a weekly template from the demand of a range: for each hour of the week, the least capacity that would have met a wanted share of the seats asked
/// for in the hour. That is the fill rate of inventory control (the service level P2; Silver, Pyke and Thomas, "Inventory and Production Management in Supply
/// Chains", 4th edition, chapter 6), with the demand that was seen in place of an assumed distribution.
/// </summary>
public static class TemplateAdvice
{
    /// <summary>
    /// The hours for which anybody asked, by weekday and hour. Demand that could not sit at one time is not moved to another: an hour shows what was asked for
    /// in the hour.
    /// </summary>
    /// <param name="demand">The blocks that were asked for in the pool. Slots outside the range do not count.</param>
    /// <param name="capacity">The pool's capacity now.</param>
    /// <param name="grid">The pool's grid.</param>
    /// <param name="from">The first start of a slot.</param>
    /// <param name="to">The end of the starts, not included.</param>
    /// <param name="percent">The wanted share of the seats asked for, from 1 to 100.</param>
    public static ImmutableArray<AdvisedHour> Of(
        IEnumerable<AskedBlock> demand, PoolCapacity capacity, SlotGrid grid, Instant from, Instant to, int percent)
    {
        var asked = new Dictionary<int, (int Booked, int Unserved, int Refused)>();
        foreach (var block in demand)
        {
            for (var k = 0; k < block.Profile.Slots; k++)
            {
                var minutes = SlotMinutes.Of(block.Start) + (k * SlotHour.LengthMinutes);
                var (booked, unserved, refused) = asked.GetValueOrDefault(minutes);
                var seats = block.Profile[k];
                asked[minutes] = block.Kind switch
                {
                    DemandKind.Booked => (booked + seats, unserved, refused),
                    DemandKind.Unserved => (booked, unserved + seats, refused),
                    _ => (booked, unserved, refused + seats),
                };
            }
        }

        var slots = grid.Starts(from, to).Select(start => (
            Local: start.InZone(grid.Zone).LocalDateTime, Offered: capacity.Seats(start, grid), Asked: asked.GetValueOrDefault(SlotMinutes.Of(start))));
        return
        [
            .. slots.GroupBy(slot => (slot.Local.DayOfWeek, slot.Local.Hour)).OrderBy(hour => hour.Key.DayOfWeek).ThenBy(hour => hour.Key.Hour)
                .Select(hour => Hour(hour.Key.DayOfWeek, hour.Key.Hour, [.. hour.Select(slot => slot.Asked)], hour.Max(slot => slot.Offered), percent))
                .Where(hour => hour.Peak > 0),
        ];
    }

    private static AdvisedHour Hour(IsoDayOfWeek day, int hour, ImmutableArray<(int Booked, int Unserved, int Refused)> slots, int offered, int percent)
    {
        ImmutableArray<int> asked = [.. slots.Select(slot => slot.Booked + slot.Unserved + slot.Refused).Order()];
        return new()
        {
            Day = day,
            Hour = hour,
            Seats = Math.Min(Least(asked, percent), Limits.Seats),
            Offered = offered,
            Slots = slots.Length,
            Booked = slots.Sum(slot => (long)slot.Booked),
            Unserved = slots.Sum(slot => (long)slot.Unserved),
            Refused = slots.Sum(slot => (long)slot.Refused),
            Peak = asked[^1],
        };
    }

    /// <summary>The least capacity c with Σ min(asked, c) ≥ percent of Σ asked.</summary>
    private static int Least(ImmutableArray<int> ascending, int percent)
    {
        var wanted = ascending.Sum(seats => (long)seats) * percent;
        long below = 0;
        for (var index = 0; index < ascending.Length; index++)
        {
            // With a capacity between the slot before and this one, every slot from here on gets the whole capacity.
            var rest = ascending.Length - index;
            if ((below + ((long)ascending[index] * rest)) * 100 >= wanted)
                return (int)((wanted - (below * 100) + (rest * 100L) - 1) / (rest * 100L));
            below += ascending[index];
        }

        return ascending[^1];
    }
}
