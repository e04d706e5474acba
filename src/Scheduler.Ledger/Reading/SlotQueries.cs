using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads slots with the holds in them.</summary>
internal static class SlotQueries
{
    public static ImmutableDictionary<SlotHour, SlotRow> Read(ReadSession session, Dialect dialect, IEnumerable<SlotHour> slots) => session.Snapshot(() =>
    {
        var rows = ImmutableDictionary.CreateBuilder<SlotHour, SlotRow>();
        foreach (var pool in slots.GroupBy(slot => slot.Pool))
            ReadPool(session, dialect, pool.Key, [.. pool.Select(slot => slot.Minutes).Distinct()], rows);
        return rows.ToImmutable();
    });

    /// <summary>All slots of all pools, or of one, for the picture.</summary>
    public static List<SlotSeats> All(ReadSession session, PoolId? pool) => session.Query(
        $"select pool, minutes, capacity, booked + held, version from slots{(pool is null ? "" : " where pool = @pool")} order by pool, minutes",
        row => new SlotSeats(new(PoolId.Of(row.GetString(0)), row.GetInt32(1)), row.GetInt32(2), row.GetInt32(3)) { Version = row.GetInt32(4) },
        pool is { } one ? [("pool", one.Text)] : []);

    private static void ReadPool(ReadSession session, Dialect dialect, PoolId pool, int[] minutes, ImmutableDictionary<SlotHour, SlotRow>.Builder rows)
    {
        foreach (var start in minutes)
            rows[new(pool, start)] = SlotRow.None;
        var found = session.Query(
            $"select minutes, capacity, booked, held, shortfall, version from slots where pool = @pool and {dialect.In("minutes", "minutes")}",
            row => (Minutes: row.GetInt32(0), Row: new SlotRow(row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4), []) { Version = row.GetInt32(5) }),
            ("pool", pool.Text), ("minutes", dialect.Set(minutes)));
        foreach (var (start, row) in found)
            rows[new(pool, start)] = row;
        if (found.TrueForAll(slot => slot.Row.Held == 0))
            return;
        foreach (var hold in HoldsIn(session, pool, minutes.Min(), minutes.Max() + SlotHour.LengthMinutes, int.MaxValue))
        {
            for (var k = 0; k < hold.Sitting.Profile.Slots; k++)
            {
                if (rows.TryGetValue(hold.Sitting.Slot(k), out var row))
                    rows[hold.Sitting.Slot(k)] = row with { Holds = row.Holds.Add(new(hold.Id, hold.Sitting.Profile[k], hold.ExpiresAt)) };
            }
        }
    }

    /// <summary>Holds still marked held with a seat in slots that start in [from, to), by start.</summary>
    public static List<Hold> HoldsIn(ReadSession session, PoolId pool, int from, int to, int limit) => session.Query(
        $"""
        select {RowReader.HoldColumns} from holds where pool = @pool and status = 'held' and start_minutes < @to and start_minutes + 60 * slots > @from
        order by start_minutes, id limit @limit
        """,
        RowReader.Hold, ("pool", pool.Text), ("from", from), ("to", to), ("limit", limit));

    /// <summary>
    /// Confirmed bookings with a seat in slots that start in [from, to), by start. No index leads there (it would cost every booking a random page): it reads all bookings, which
    /// only an operator who lowers a capacity too far asks for.
    /// </summary>
    public static List<Booking> BookingsIn(ReadSession session, PoolId pool, int from, int to, int limit) => session.Query(
        $"""
        select {RowReader.BookingColumns} from bookings where pool = @pool and status = 'confirmed' and start_minutes < @to and start_minutes + 60 * slots > @from
        order by start_minutes, id limit @limit
        """,
        RowReader.Booking, ("pool", pool.Text), ("from", from), ("to", to), ("limit", limit));
}
