using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A pool's new capacity, and the range of slot starts whose capacity may change.</summary>
internal sealed record CapacityChange(PoolCapacity Capacity, Instant From, Instant To)
{
    /// <summary>The change of whole local dates, both included.</summary>
    public static CapacityChange Of(PoolCapacity capacity, DateTimeZone zone, LocalDate from, LocalDate to) =>
        new(capacity, zone.AtStartOfDay(from).ToInstant(), zone.AtStartOfDay(to.PlusDays(1)).ToInstant());

    /// <summary>
    /// The slots to write, ascending: slots that offer seats after the change, and slots that offered seats before. Slots that have begun are not changed (R3).
    /// </summary>
    public ImmutableArray<SlotCapacity> Slots(Pool pool, SeasonPicture picture, Instant now)
    {
        var slots = ImmutableArray.CreateBuilder<SlotCapacity>();
        foreach (var start in pool.Grid.Starts(Instant.Max(From, now + Duration.FromTicks(1)), To))
        {
            var minutes = SlotMinutes.Of(start);
            var seats = Capacity.Seats(start, pool.Grid);
            if (seats > 0 || picture.Look(new(pool.Id, minutes), now) is not { Capacity: 0, Free: 0 })
                slots.Add(new(minutes, seats));
        }

        return slots.ToImmutable();
    }
}
