using System.Collections.Immutable;
using System.Data.Common;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads slots with their holds. One statement reads a slot's seats, version and holds, so these values are of one moment.</summary>
internal static class PostgresSlots
{
    /// <summary>Columns of <c>slots s</c> with the joined holds, for <see cref="Read(DbDataReader)"/>.</summary>
    public const string Columns = "s.pool, s.minutes, s.capacity, s.booked + s.held, s.version, h.ids, h.seats, h.expiries";

    /// <summary>The number of columns in <see cref="Columns"/>.</summary>
    public const int ColumnCount = 8;

    /// <summary>Joins the holds of <c>slots s</c>; null arrays for a slot without holds.</summary>
    public static readonly string JoinHolds =
        $"""
        left join lateral (
            select array_agg(o.id) ids, array_agg(split_part(o.profile, ',', (s.minutes - o.start_minutes) / 60 + 1)::int) seats,
                array_agg(o.expires_at) expiries
            from holds o where s.held > 0 and o.status = 'held' and o.pool = s.pool
                and o.start_minutes between s.minutes - {LongestBlock.Minutes} and s.minutes and o.start_minutes + 60 * o.slots > s.minutes) h on true
        """;

    private static readonly string _ofSlots =
        $"select {Columns} from slots s join unnest($1::text[], $2::int[]) n(pool, minutes) on s.pool = n.pool and s.minutes = n.minutes {JoinHolds}";

    public static ImmutableArray<SlotSeats> Read(NpgsqlConnection connection, IReadOnlyCollection<SlotHour> slots)
    {
        using var command = new NpgsqlCommand(_ofSlots, connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Pools(slots) });
        command.Parameters.Add(new NpgsqlParameter { Value = Starts(slots) });
        return ReadAll(command);
    }

    /// <summary>Adds the reading of these slots to a round trip.</summary>
    public static void AddRead(RoundTrip trip, IReadOnlyCollection<SlotHour> slots)
    {
        if (slots.Count > 0)
            trip.Add(_ofSlots, Pools(slots), Starts(slots));
    }

    public static ImmutableArray<SlotSeats> ReadAll(NpgsqlCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<SlotSeats>();
        while (reader.Read())
            rows.Add(Read(reader));
        return rows.ToImmutable();
    }

    /// <summary>The slot of a row with <see cref="Columns"/>.</summary>
    public static SlotSeats Read(DbDataReader row) =>
        new(new(PoolId.Of(row.GetString(0)), row.GetInt32(1)), row.GetInt32(2), row.GetInt32(3)) { Version = row.GetInt32(4), Holds = Holds(row, 5) };

    private static string[] Pools(IReadOnlyCollection<SlotHour> slots) => [.. slots.Select(slot => slot.Pool.Text)];

    private static int[] Starts(IReadOnlyCollection<SlotHour> slots) => [.. slots.Select(slot => slot.Minutes)];

    /// <summary>The holds in three columns from <paramref name="first"/>: ids, seats and expiries.</summary>
    private static ImmutableArray<HeldSeats> Holds(DbDataReader row, int first)
    {
        if (row.IsDBNull(first))
            return [];
        var ids = row.GetFieldValue<string[]>(first);
        var seats = row.GetFieldValue<int[]>(first + 1);
        var expiries = row.GetFieldValue<long[]>(first + 2);
        var holds = ImmutableArray.CreateBuilder<HeldSeats>(ids.Length);
        for (var i = 0; i < ids.Length; i++)
            holds.Add(new(new(Guid.Parse(ids[i])), seats[i], RowText.Instant(expiries[i])));
        return holds.MoveToImmutable();
    }
}
