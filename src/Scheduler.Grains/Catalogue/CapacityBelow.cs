using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Finds the bookings and holds because of which a capacity cannot be lowered (R3).</summary>
internal static class CapacityBelow
{
    private const int MostNamed = 1_000;

    public static async Task<Refusal.CapacityBelowBooked> Find(
        LedgerReader read, PoolId pool, ImmutableArray<Shortfall> shortfalls, Instant now, CancellationToken cancellation)
    {
        var range = new SlotRange(pool, shortfalls.Min(slot => slot.Minutes), shortfalls.Max(slot => slot.Minutes) + SlotHour.LengthMinutes);
        var bookings = await read.BookingsIn(range, MostNamed, cancellation);
        var holds = await read.HoldsIn(range, MostNamed, cancellation);
        var slots = shortfalls.Select(slot => new SlotHour(pool, slot.Minutes)).ToHashSet();
        return new(
            [.. shortfalls.Select(slot => new SlotShortfall(SlotMinutes.ToInstant(slot.Minutes), slot.Seats))],
            [.. bookings.Where(booking => Touches(booking.Sitting, slots)).Select(booking => booking.Id)],
            [.. holds.Where(hold => hold.IsLive(now) && Touches(hold.Sitting, slots)).Select(hold => hold.Id)]);
    }

    private static bool Touches(Sitting sitting, HashSet<SlotHour> slots) =>
        Enumerable.Range(0, sitting.Profile.Slots).Any(k => slots.Contains(sitting.Slot(k)));
}
