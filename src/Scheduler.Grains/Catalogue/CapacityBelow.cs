using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Finds the bookings and holds because of which a capacity cannot be lowered (R3).</summary>
internal static class CapacityBelow
{
    public static async Task<Refusal.CapacityBelowBooked> Find(
        LedgerReader read, PoolId pool, ImmutableArray<Shortfall> shortfalls, Instant now, CancellationToken cancellation)
    {
        var seated = await read.SeatedIn(pool, shortfalls.Select(slot => slot.Minutes).ToHashSet(), now, Limits.NamedInRefusal, cancellation);
        return new(
            [.. shortfalls.Select(slot => new SlotShortfall(SlotMinutes.ToInstant(slot.Minutes), slot.Seats))],
            seated.Bookings, seated.BookingsTotal, seated.Holds, seated.HoldsTotal);
    }
}
