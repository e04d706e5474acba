using System.Collections.Immutable;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A pool's capacity as it will be, and the range of starts that may differ by it.</summary>
internal sealed record CapacityChange(PoolCapacity Capacity, Instant From, Instant To)
{
    /// <summary>The change of whole local dates, both included.</summary>
    public static CapacityChange Of(PoolCapacity capacity, DateTimeZone zone, LocalDate from, LocalDate to) =>
        new(capacity, zone.AtStartOfDay(from).ToInstant(), zone.AtStartOfDay(to.PlusDays(1)).ToInstant());

    /// <summary>The slots to write, ascending: those that offer seats, or did; slots that have begun stay as they are (R3).</summary>
    public ImmutableArray<SlotCapacity> Slots(Pool pool, SeasonPicture picture, Instant now)
    {
        var slots = ImmutableArray.CreateBuilder<SlotCapacity>();
        foreach (var start in pool.Grid.Starts(Instant.Max(From, now + Duration.FromTicks(1)), To))
        {
            var minutes = SlotMinutes.Of(start);
            var seats = Capacity.Seats(start, pool.Grid);
            if (seats > 0 || (picture.TryGet(new(pool.Id, minutes), out var capacity, out var taken) && (capacity > 0 || taken > 0)))
                slots.Add(new(minutes, seats));
        }

        return slots.ToImmutable();
    }
}

/// <summary>Seats that raised capacity brings are kept from walk-ins until those who wait were asked (R9).</summary>
internal sealed class KeptForWaitlist(
    IGrainFactory grains, WaitlistRounds waitlist, ImmutableArray<SlotHour> raised, SeasonPicture picture, ImmutableArray<SlotCapacity> slots)
{
    private readonly Guid _ticket = Guid.CreateVersion7();
    private readonly ImmutableArray<(PoolId Pool, int Day)> _days = waitlist.Waiting(raised);
    private readonly List<SlotHour> _announced = [];

    /// <summary>Announces the seats, only in slots for which somebody waits.</summary>
    public async Task Announce()
    {
        if (_days.IsEmpty)
            return;
        var seats = slots.ToDictionary(slot => slot.Minutes, slot => slot.Capacity);
        foreach (var slot in raised.Where(slot => !waitlist.Waiting([slot]).IsEmpty))
        {
            picture.TryGet(slot, out var capacity, out _);
            await grains.Slot(slot).Announce(_ticket, seats[slot.Minutes] - capacity);
            _announced.Add(slot);
        }
    }

    /// <summary>Offers them, and lets walk-ins have what is left.</summary>
    public async Task Rounds()
    {
        try
        {
            // The capacity changed under the slots: the waitlist must not be refused by what they remember.
            foreach (var slot in _announced)
                await grains.Slot(slot).Doubt();
            await waitlist.Run(_days);
        }
        finally
        {
            Release();
        }
    }

    /// <summary>Nothing is kept any more.</summary>
    public void Release()
    {
        foreach (var slot in _announced)
            grains.Slot(slot).ReleaseKept(_ticket).Ignore();
    }

}

/// <summary>409 <c>capacity_below_booked</c>: which bookings and holds sit in the short hours.</summary>
internal static class CapacityProblem
{
    private const int MostNamed = 1_000;

    public static async Task<Answer> Of(LedgerReader read, PoolId pool, ImmutableArray<Shortfall> slots, Instant now)
    {
        var from = slots.Min(slot => slot.Minutes);
        var to = slots.Max(slot => slot.Minutes) + SlotHour.LengthMinutes;
        var bookings = await read.BookingsIn(pool, from, to, MostNamed);
        var holds = await read.HoldsIn(pool, from, to, MostNamed);
        var hours = slots.Select(slot => new SlotHour(pool, slot.Minutes)).ToHashSet();
        return Problems.CapacityBelowBooked(
            slots.Select(slot => (SlotMinutes.ToInstant(slot.Minutes), slot.Seats)),
            [.. bookings.Where(booking => Touches(booking.Sitting, hours))],
            [.. holds.Where(hold => hold.IsLive(now) && Touches(hold.Sitting, hours))]);
    }

    private static bool Touches(Sitting sitting, HashSet<SlotHour> hours) => Enumerable.Range(0, sitting.Profile.Slots).Any(k => hours.Contains(sitting.Slot(k)));
}
