using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Reads who has seats in a pool. These queries go through the bookings of all pools without an index: an index by pool and start would add the write of a
/// random page to every booking, and only operators ask, rarely.
/// </summary>
internal static class PoolQueries
{
    /// <summary>Bookings whose block overlaps a range, in the order of their ids. A page begins its scan where the page before ended.</summary>
    public static Page<Booking>? Bookings(ReadSession session, PoolBookings query, string? cursor, int limit)
    {
        if (!Cursor.TryParse(cursor, out Guid after))
            return null;
        var text = $"""
            select {RowReader.BookingColumns} from bookings
            where id > @after and pool = @pool and start_minutes < @to and start_minutes + 60 * slots > @from
            """;
        List<(string, object)> parameters =
        [
            ("after", after.ToString()), ("pool", query.Pool.Text), ("from", query.From.ToUnixTimeSeconds() / 60), ("to", SlotMinutesUp.Of(query.To)),
            ("limit", limit + 1),
        ];
        if (query.Status is { } wanted)
        {
            text += " and status = @status";
            parameters.Add(("status", RowText.Of(wanted)));
        }

        return PagedQuery.Read(
            session, text + " order by id limit @limit", RowReader.Booking, row => Cursor.Of(Guid.Parse(row.GetString(0))), limit, parameters);
    }

    /// <summary>The confirmed bookings and live holds with a seat in slots of a pool, whose starts are given in minutes.</summary>
    public static SeatedIn SeatedIn(ReadSession session, PoolId pool, IReadOnlySet<int> slots, Instant now, int limit) => session.Snapshot(() =>
    {
        (string, object)[] range = [("pool", pool.Text), ("from", slots.Min()), ("to", slots.Max() + SlotHour.LengthMinutes)];
        const string inRange = "pool = @pool and start_minutes < @to and start_minutes + 60 * slots > @from";
        var bookings = Seated(session, $"select id, start_minutes, slots from bookings where {inRange} and status = 'confirmed'", range, slots);
        var holds = Seated(
            session, $"select id, start_minutes, slots from holds where {inRange} and status = 'held' and expires_at > @now",
            [.. range, ("now", RowText.Ticks(now))], slots);
        return new SeatedIn(
            [.. bookings.Take(limit).Select(id => new BookingId(id))], bookings.Count, [.. holds.Take(limit).Select(id => new HoldId(id))], holds.Count);
    });

    /// <summary>The ids of the blocks with a slot in the set, by start.</summary>
    private static List<Guid> Seated(ReadSession session, string text, (string, object)[] parameters, IReadOnlySet<int> slots)
    {
        var found = new List<(int Start, Guid Id)>();
        session.Each(
            text,
            row =>
            {
                var start = row.GetInt32(1);
                if (Enumerable.Range(0, row.GetInt32(2)).Any(k => slots.Contains(start + (k * SlotHour.LengthMinutes))))
                    found.Add((start, Guid.Parse(row.GetString(0))));
            },
            parameters);
        return [.. found.OrderBy(block => block.Start).ThenBy(block => block.Id).Select(block => block.Id)];
    }
}
