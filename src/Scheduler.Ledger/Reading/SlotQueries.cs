using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads slots with the holds in them.</summary>
internal static class SlotQueries
{
    public static ImmutableDictionary<SlotHour, SlotRow> Read(ReadSession session, Dialect dialect, IEnumerable<SlotHour> slots) =>
        session.Snapshot(() => Of(session, dialect, slots));

    /// <summary>The same within a snapshot of the caller.</summary>
    public static ImmutableDictionary<SlotHour, SlotRow> Of(ReadSession session, Dialect dialect, IEnumerable<SlotHour> slots)
    {
        var rows = ImmutableDictionary.CreateBuilder<SlotHour, SlotRow>();
        foreach (var pool in slots.GroupBy(slot => slot.Pool))
            ReadPool(session, dialect, pool.Key, [.. pool.Select(slot => slot.Minutes).Distinct()], rows);
        return rows.ToImmutable();
    }

    /// <summary>All slots of all pools with their holds, for the picture.</summary>
    public static List<SlotSeats> All(ReadSession session) => session.Snapshot(() =>
    {
        var holds = HeldBySlot(session.Query($"select {RowReader.HoldColumns} from holds where status = 'held' order by id", RowReader.Hold));
        return session.Query(
            "select pool, minutes, capacity, booked + held, version from slots order by pool, minutes",
            row =>
            {
                var slot = new SlotHour(PoolId.Of(row.GetString(0)), row.GetInt32(1));
                return new SlotSeats(slot, row.GetInt32(2), row.GetInt32(3)) { Version = row.GetInt32(4), Holds = holds.GetValueOrDefault(slot, []) };
            });
    });

    private static void ReadPool(ReadSession session, Dialect dialect, PoolId pool, int[] minutes, ImmutableDictionary<SlotHour, SlotRow>.Builder rows)
    {
        foreach (var start in minutes)
            rows[new(pool, start)] = SlotRow.None;
        var found = session.Query(
            $"select minutes, capacity, booked, held, shortfall, version from slots where pool = @pool and {dialect.In("minutes", "minutes")}",
            row => (Minutes: row.GetInt32(0), Row: new SlotRow
            {
                Capacity = row.GetInt32(1), Booked = row.GetInt32(2), Held = row.GetInt32(3), Shortfall = row.GetInt32(4), Version = row.GetInt32(5),
            }),
            ("pool", pool.Text), ("minutes", dialect.Set(minutes)));
        foreach (var (start, row) in found)
            rows[new(pool, start)] = row;
        if (found.TrueForAll(slot => slot.Row.Held == 0))
            return;
        var held = HeldBySlot(HoldsIn(session, new(pool, minutes.Min(), minutes.Max() + SlotHour.LengthMinutes), int.MaxValue));
        foreach (var (slot, holds) in held)
        {
            if (rows.TryGetValue(slot, out var row))
                rows[slot] = row with { Holds = holds };
        }
    }

    private static Dictionary<SlotHour, ImmutableArray<HeldSeats>> HeldBySlot(IEnumerable<Hold> holds)
    {
        var bySlot = new Dictionary<SlotHour, ImmutableArray<HeldSeats>>();
        foreach (var hold in holds)
        {
            for (var k = 0; k < hold.Sitting.Profile.Slots; k++)
            {
                var slot = hold.Sitting.Slot(k);
                bySlot[slot] = bySlot.GetValueOrDefault(slot, []).Add(new(hold.Id, hold.Sitting.Profile[k], hold.ExpiresAt));
            }
        }

        return bySlot;
    }

    /// <summary>Holds still marked held with a seat in the slots, by start.</summary>
    public static List<Hold> HoldsIn(ReadSession session, SlotRange slots, int limit) => session.Query(
        $"""
        select {RowReader.HoldColumns} from holds where pool = @pool and status = 'held' and start_minutes < @to and start_minutes + 60 * slots > @from
        order by start_minutes, id limit @limit
        """,
        RowReader.Hold, ("pool", slots.Pool.Text), ("from", slots.FromMinutes), ("to", slots.ToMinutes), ("limit", limit));

    /// <summary>
    /// Confirmed bookings with a seat in the slots, by start. The query reads all bookings, without an index: an index would add the write of a random page to
    /// every booking. The query is needed only when an operator lowers a capacity below the booked seats.
    /// </summary>
    public static List<Booking> BookingsIn(ReadSession session, SlotRange slots, int limit) => session.Query(
        $"""
        select {RowReader.BookingColumns} from bookings where pool = @pool and status = 'confirmed' and start_minutes < @to
            and start_minutes + 60 * slots > @from
        order by start_minutes, id limit @limit
        """,
        RowReader.Booking, ("pool", slots.Pool.Text), ("from", slots.FromMinutes), ("to", slots.ToMinutes), ("limit", limit));
}
