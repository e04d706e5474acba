using System.Collections.Immutable;
using System.Data;
using Npgsql;

namespace Scheduler.Ledger;

/// <summary>Reads the state with which the picture and the feed begin.</summary>
internal static class FeedStart
{
    /// <summary>All slots at one moment, and the last change of each committer at that moment.</summary>
    public static ImmutableArray<SlotSeats> ReadAll(NpgsqlConnection connection, FeedPlaces places, Positions positions)
    {
        using var transaction = connection.BeginTransaction(IsolationLevel.RepeatableRead);
        using (var heads = new NpgsqlCommand(
            """
            select k.id, c.sequence, c.position from committers k
            cross join lateral (select sequence, position from changes where committer = k.id order by sequence desc limit 1) c
            """,
            connection, transaction))
        {
            using var reader = heads.ExecuteReader();
            while (reader.Read())
            {
                places.Advance(reader.GetInt32(0), reader.GetInt64(1));
                positions.Observe(reader.GetInt64(2));
            }
        }

        using var slots = new NpgsqlCommand(
            $"select {PostgresSlots.Columns} from slots s {PostgresSlots.JoinHolds} order by s.pool, s.minutes", connection, transaction);
        return PostgresSlots.ReadAll(slots);
    }
}
