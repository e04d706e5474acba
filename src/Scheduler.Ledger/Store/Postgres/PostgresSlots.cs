using System.Collections.Immutable;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads slots as they stand.</summary>
internal static class PostgresSlots
{
    public static ImmutableArray<SlotSeats> Read(NpgsqlConnection connection, IReadOnlyCollection<SlotHour> slots)
    {
        using var command = new NpgsqlCommand(
            "select s.pool, s.minutes, s.capacity, s.booked + s.held, s.version from slots s join unnest($1::text[], $2::int[]) n(pool, minutes) on s.pool = n.pool and s.minutes = n.minutes",
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = slots.Select(slot => slot.Pool.Text).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = slots.Select(slot => slot.Minutes).ToArray() });
        return All(command);
    }

    public static ImmutableArray<SlotSeats> All(NpgsqlCommand command)
    {
        using var reader = command.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<SlotSeats>();
        while (reader.Read())
            rows.Add(new(new(PoolId.Of(reader.GetString(0)), reader.GetInt32(1)), reader.GetInt32(2), reader.GetInt32(3)) { Version = reader.GetInt32(4) });
        return rows.ToImmutable();
    }
}
