using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Locks and reads the rows that a replay needs, in the fixed order in which every committer locks: catalogue, slots, institutions, packs, holds.
/// </summary>
internal static class PostgresView
{
    private const string SlotColumns = "s.pool, s.minutes, s.capacity, s.booked, s.held, s.shortfall, s.version";

    public static ReplayView Read(NpgsqlConnection connection, NpgsqlTransaction transaction, IReadOnlyList<PreparedChange> changes)
    {
        var keys = ReplayKeys.Of(changes);
        using var trip = new RoundTrip(connection, transaction);
        AddRareLocks(trip, keys);
        var rare = trip.Count;
        AddSlots(trip, keys);
        AddInstitutions(trip, keys);
        trip.Add("select id, quantity, taken from packs where id = any($1::text[]) order by id for update",
            (object)Ordered(keys.Packs.Select(pack => pack.Value)));
        trip.Add("select id from holds where id = any($1::text[]) and status = 'held' order by id for update", (object)Ordered(keys.Holds));
        if (keys.Catalogue.Count > 0)
        {
            trip.Add(
                "select c.kind, c.id, c.version from catalogue c join unnest($1::text[], $2::text[]) n(kind, id) on c.kind = n.kind and c.id = n.id",
                keys.Catalogue.Select(key => key.Kind).ToArray(), keys.Catalogue.Select(key => key.Id).ToArray());
        }

        if (keys.Rested.Count > 0)
        {
            trip.Add(
                """
                select c.kind, c.id from catalogue c join unnest($1::text[], $2::text[]) n(kind, id) on c.kind = n.kind and c.id = n.id
                where c.retired = 1
                """,
                keys.Rested.Select(key => key.Kind).ToArray(), keys.Rested.Select(key => key.Id).ToArray());
        }

        foreach (var nothing in keys.Nothing)
            AddSince(trip, nothing.Mark);
        if (keys.Plans.Count > 0)
        {
            trip.Add("select id, version from plans where id = any($1::text[])", (object)Ordered(keys.Plans));
            trip.Add("select pool, plan from plan_pools where pool = any($1::text[])", (object)keys.PlanPools.Select(pool => pool.Text).ToArray());
        }

        (PrivateKind Kind, string Id)[] secrets = [.. keys.PrivateRows];
        if (secrets.Length > 0)
        {
            trip.Add(
                "select n.at, p.version from private_rows p join unnest($1::text[], $2::text[], $3::int[]) n(kind, id, at) on p.kind = n.kind and p.id = n.id",
                secrets.Select(key => PrivateStatements.Word(key.Kind)).ToArray(), secrets.Select(key => key.Id).ToArray(),
                Enumerable.Range(0, secrets.Length).ToArray());
        }

        ReplayView view;
        using (var reader = trip.Read())
        {
            for (var i = 0; i < rare; i++)
                reader.NextResult();
            view = Read(reader, keys);
            if (secrets.Length > 0)
                reader.NextResult();
            while (secrets.Length > 0 && reader.Read())
                view.PrivateRows[secrets[reader.GetInt32(0)]] = reader.GetInt32(1);
        }

        if (keys.Application is not null)
        {
            using var session = new ReadSession(connection, ownsConnection: false);
            PlanReading.Complete(view, keys.Application, session, new(IsPostgres: true));
        }

        return view;
    }

    /// <summary>
    /// A new catalogue entry, slot, plan or private row has no row that can be locked, so one advisory lock orders all changes that write catalogue entries,
    /// capacities, plans or private rows.
    /// </summary>
    private static void AddRareLocks(RoundTrip trip, ReplayKeys keys)
    {
        if (keys.Catalogue.Count > 0 || keys.Ranges.Count > 0 || keys.Plans.Count > 0 || keys.PrivateRows.Count > 0)
            trip.Add("select pg_advisory_xact_lock($1, 1)", Postgres.RareLocks);
        // See RestsOn: a retirement waits for the batches that make something, and they wait for the retirement.
        if (keys.Nothing.Count > 0)
            trip.Add("select pg_advisory_xact_lock($1, 2)", Postgres.RareLocks);
        else if (keys.Rested.Count > 0 || keys.Application is not null)
            trip.Add("select pg_advisory_xact_lock_shared($1, 2)", Postgres.RareLocks);
    }

    private static void AddSlots(RoundTrip trip, ReplayKeys keys)
    {
        string[] pools = [.. keys.Slots.Select(slot => slot.Pool.Text)];
        int[] minutes = [.. keys.Slots.Select(slot => slot.Minutes)];
        if (keys.Ranges.Count == 0)
        {
            trip.Add(
                $"""
                select {SlotColumns} from slots s join unnest($1::text[], $2::int[]) n(pool, minutes) on s.pool = n.pool and s.minutes = n.minutes
                order by s.pool, s.minutes for update of s
                """,
                pools, minutes);
            return;
        }

        trip.Add(
            $"""
            select {SlotColumns} from slots s
            where (s.pool, s.minutes) in (select * from unnest($1::text[], $2::int[]))
                or exists (select 1 from unnest($3::text[], $4::int[], $5::int[]) r(pool, first, last) where s.pool = r.pool and s.minutes between r.first
                    and r.last)
            order by s.pool, s.minutes for update of s
            """,
            pools, minutes, keys.Ranges.Select(range => range.Pool.Text).ToArray(), keys.Ranges.Select(range => range.From).ToArray(),
            keys.Ranges.Select(range => range.To).ToArray());
    }

    /// <summary>Reads the snapshots after the changes since a mark, at most one more of each committer than a commit looks at.</summary>
    private static void AddSince(RoundTrip trip, LedgerMark mark) => trip.Add(
        """
        select c.after from committers k left join unnest($1::int[], $2::bigint[]) m(committer, sequence) on m.committer = k.id
        cross join lateral (
            select after from changes
            where committer = k.id and sequence > coalesce(m.sequence, 0) and after is not null order by sequence limit $3) c
        """,
        mark.Last.Select(last => (int)last.Committer).ToArray(), mark.Last.Select(last => last.Sequence).ToArray(), RestsOn.MostChanges + 1);

    /// <summary>The bookings of slots are read while the slots are locked, so no other commit changes them.</summary>
    private static void AddInstitutions(RoundTrip trip, ReplayKeys keys)
    {
        string[] ids = [.. keys.Institutions.Select(id => id.Text)];
        if (keys.Forced.Count == 0)
        {
            trip.Add("select id, version from institutions where id = any($1::text[]) order by id for update", (object)ids);
            return;
        }

        const string booked =
            """
            from bookings b where b.status = 'confirmed' and exists (
                select 1 from unnest($1::text[], $2::int[], $3::int[]) r(pool, first, last)
                where b.pool = r.pool and b.start_minutes <= r.last and b.start_minutes + 60 * b.slots > r.first)
            """;
        var pools = keys.Forced.Select(range => range.Pool.Text).ToArray();
        var first = keys.Forced.Select(range => range.From).ToArray();
        var last = keys.Forced.Select(range => range.To).ToArray();
        trip.Add($"select b.id, b.institution, b.pool, b.start_minutes, b.slots {booked} order by b.institution, b.id", pools, first, last);
        trip.Add(
            $"select id, version from institutions where id = any($4::text[]) or id in (select b.institution {booked}) order by id for update",
            pools, first, last, ids);
    }

    private static ReplayView Read(NpgsqlDataReader reader, ReplayKeys keys)
    {
        var view = new ReplayView();
        while (reader.Read())
        {
            view.Slots[new(PoolId.Of(reader.GetString(0)), reader.GetInt32(1))] = new()
            {
                Capacity = reader.GetInt32(2), Booked = reader.GetInt32(3), Held = reader.GetInt32(4), Shortfall = reader.GetInt32(5),
                Version = reader.GetInt32(6),
            };
        }

        if (keys.Forced.Count > 0)
        {
            reader.NextResult();
            while (reader.Read())
            {
                view.Booked.Add(new(
                    new(Guid.Parse(reader.GetString(0))), InstitutionId.Of(reader.GetString(1)), PoolId.Of(reader.GetString(2)), reader.GetInt32(3),
                    reader.GetInt32(4)));
            }
        }

        reader.NextResult();
        while (reader.Read())
            view.Versions[InstitutionId.Of(reader.GetString(0))] = reader.GetInt64(1);
        reader.NextResult();
        while (reader.Read())
            view.Packs[new(Guid.Parse(reader.GetString(0)))] = (reader.GetInt32(1), reader.GetInt32(2));
        reader.NextResult();
        while (reader.Read())
            view.Held.Add(new(Guid.Parse(reader.GetString(0))));
        if (keys.Catalogue.Count > 0)
        {
            reader.NextResult();
            while (reader.Read())
                view.Catalogue[(reader.GetString(0), reader.GetString(1))] = reader.GetInt32(2);
        }

        if (keys.Rested.Count > 0)
        {
            reader.NextResult();
            while (reader.Read())
                view.Retired.Add((reader.GetString(0), reader.GetString(1)));
        }

        foreach (var nothing in keys.Nothing)
        {
            reader.NextResult();
            var snapshots = new List<string>();
            while (reader.Read())
                snapshots.Add(reader.GetString(0));
            if (RestsOn.IsDisturbed(nothing, snapshots))
                view.Disturbed.Add(nothing);
        }

        if (keys.Plans.Count > 0)
            ReadPlans(reader, view);
        return view;
    }

    private static void ReadPlans(NpgsqlDataReader reader, ReplayView view)
    {
        reader.NextResult();
        while (reader.Read())
            view.Plans[new(Guid.Parse(reader.GetString(0)))] = reader.GetInt32(1);
        reader.NextResult();
        while (reader.Read())
            view.PlanPools[PoolId.Of(reader.GetString(0))] = new(Guid.Parse(reader.GetString(1)));
    }

    private static string[] Ordered(IEnumerable<Guid> ids) => [.. ids.Select(id => id.ToString()).Order(StringComparer.Ordinal)];
}
