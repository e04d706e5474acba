using System.Collections.Immutable;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads the rows of the feed, and the present values of the changed slots and requests.</summary>
internal static class FeedRows
{
    public static List<FeedRow> Read(NpgsqlConnection connection, int[] committers, long[] last, long[] until, int limit)
    {
        using var command = new NpgsqlCommand(
            $"""
            select k.id, c.sequence, c.position, c.kind, c.subject, c.institution, c.touched
            from committers k left join unnest($1::int[], $2::bigint[], $3::bigint[]) n(id, last, until) on n.id = k.id
            cross join lateral (
                select * from changes where committer = k.id and sequence > coalesce(n.last, 0) and sequence <= coalesce(n.until, {long.MaxValue})
                order by sequence limit {limit}) c
            order by k.id, c.sequence
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = committers });
        command.Parameters.Add(new NpgsqlParameter { Value = last });
        command.Parameters.Add(new NpgsqlParameter { Value = until });
        using var reader = command.ExecuteReader();
        var rows = new List<FeedRow>();
        while (reader.Read())
        {
            rows.Add(new()
            {
                Committer = reader.GetInt32(0),
                Sequence = reader.GetInt64(1),
                Position = reader.GetInt64(2),
                Kind = ChangeKinds.Parse(reader.GetString(3)),
                Subject = reader.GetString(4),
                Institution = reader.IsDBNull(5) ? null : InstitutionId.Of(reader.GetString(5)),
                Touched = reader.GetString(6),
            });
        }

        return rows;
    }

    /// <summary>The present values of the slots and requests that these rows changed. The values are of the moment of the rows or later.</summary>
    public static (ImmutableArray<SlotSeats> Slots, ImmutableArray<FeedChange> Changes) Complete(NpgsqlConnection connection, List<FeedRow> rows)
    {
        var touched = rows.ConvertAll(row => Touched.Parse(row.Touched));
        PoolId[] pools = [.. touched.Where(one => one.WholePool is not null).Select(one => one.WholePool!.Value).Distinct()];
        var slots = PostgresSlots.Read(connection, [.. touched.SelectMany(one => one.Slots).Distinct()]);
        if (pools.Length > 0)
            slots = slots.AddRange(OfPools(connection, pools));
        var bySlot = new Dictionary<SlotHour, SlotSeats>();
        foreach (var seats in slots)
            bySlot[seats.Slot] = seats;
        var requests = Requests(connection, [.. touched.Where(one => one.Request is not null).Select(one => one.Request!.Value).Distinct()]);
        var changes = ImmutableArray.CreateBuilder<FeedChange>(rows.Count);
        for (var i = 0; i < rows.Count; i++)
        {
            var (hours, whole, catalogue, request) = touched[i];
            changes.Add(new()
            {
                Kind = rows[i].Kind,
                Subject = rows[i].Subject,
                Institution = rows[i].Institution,
                Slots = whole is { } pool
                    ? [.. bySlot.Values.Where(seats => seats.Slot.Pool == pool)]
                    : [.. hours.Where(bySlot.ContainsKey).Select(hour => bySlot[hour])],
                WholePool = whole,
                IsOwn = false,
                TouchesCatalogue = catalogue,
                ActsOnBookings = Touched.ActsOnBookings(rows[i].Touched),
                Request = request is { } id ? requests.GetValueOrDefault(id) : null,
            });
        }

        return (slots, changes.MoveToImmutable());
    }

    private static ImmutableArray<SlotSeats> OfPools(NpgsqlConnection connection, PoolId[] pools)
    {
        using var command = new NpgsqlCommand(
            $"select {PostgresSlots.Columns} from slots s {PostgresSlots.JoinHolds} where s.pool = any($1::text[])", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = pools.Select(pool => pool.Text).ToArray() });
        return PostgresSlots.ReadAll(command);
    }

    private static Dictionary<RequestId, Request> Requests(NpgsqlConnection connection, RequestId[] ids)
    {
        var requests = new Dictionary<RequestId, Request>();
        if (ids.Length == 0)
            return requests;
        using var command = new NpgsqlCommand($"select {RowReader.RequestColumns} from requests where id = any($1::text[])", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = ids.Select(id => id.ToString()).ToArray() });
        using var reader = command.ExecuteReader();
        while (reader.Read())
        {
            var request = RowReader.Request(reader);
            requests.Add(request.Id, request);
        }

        return requests;
    }
}
