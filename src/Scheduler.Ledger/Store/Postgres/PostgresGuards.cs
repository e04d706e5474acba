using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The first statements of a batch. They lock rows in the fixed order and change the rows under guards. When a guard is not met, its statement divides by zero,
/// and the whole batch is rolled back.
/// </summary>
internal static class PostgresGuards
{
    public static void Add(RoundTrip trip, BatchNet net)
    {
        if (net.Rested.Count > 0)
            AddRested(trip, net.Rested);
        if (net.Slots.Count > 0)
            AddSlots(trip, [.. net.Slots]);
        AddInstitutions(trip, [.. net.Institutions]);
        if (net.Packs.Count > 0)
            AddPacks(trip, [.. net.Packs.Keys.Select(pack => pack.ToString())], [.. net.Packs.Values]);
        if (net.HoldsEnded.Count > 0)
            AddHoldEnds(trip, [.. net.HoldsEnded]);
    }

    /// <summary>
    /// Guards against a pooler that changed its mode after the connection was checked: the transaction must run on the backend that holds the committer's
    /// number, and its commit must wait for the disk.
    /// </summary>
    public static void AddSession(RoundTrip trip, int backend) => trip.Add(
        "select sqrt(case when pg_backend_pid() = $1 and current_setting('synchronous_commit') <> 'off' then 1 else -1 end)", backend);

    /// <summary>
    /// What is made must not rest on a retired entry. The lock comes before every other lock of the batch, and each statement sees what was committed before
    /// the statement: so a retirement is either before the lock and seen, or waits for the end of this batch.
    /// </summary>
    private static void AddRested(RoundTrip trip, HashSet<(string Kind, string Id)> rested)
    {
        trip.Add("select pg_advisory_xact_lock_shared($1, 2)", Postgres.RareLocks);
        trip.Add(
            """
            select 1 / (count(*) = 0)::int from catalogue c join unnest($1::text[], $2::text[]) n(kind, id) on c.kind = n.kind and c.id = n.id
            where c.retired = 1
            """,
            rested.Select(key => key.Kind).ToArray(), rested.Select(key => key.Id).ToArray());
    }

    private static void AddSlots(RoundTrip trip, SlotNet[] slots)
    {
        string[] pools = [.. slots.Select(slot => slot.Slot.Pool.Text)];
        int[] minutes = [.. slots.Select(slot => slot.Slot.Minutes)];
        trip.Add(
            """
            with l as materialized (
                select 1 from slots s join unnest($1::text[], $2::int[]) n(pool, minutes) on s.pool = n.pool and s.minutes = n.minutes
                order by s.pool, s.minutes for update of s)
            select count(*) from l
            """,
            pools, minutes);
        trip.Add(
            """
            with u as (
                update slots s set booked = s.booked + n.booked, held = s.held + n.held, version = s.version + 1,
                    shortfall = least(s.shortfall, greatest(0, s.booked + s.held + n.booked + n.held - s.capacity))
                from unnest($1::text[], $2::int[], $3::int[], $4::int[], $5::bool[]) n(pool, minutes, booked, held, guarded)
                where s.pool = n.pool and s.minutes = n.minutes and (not n.guarded or s.booked + s.held + n.booked + n.held <= s.capacity)
                returning 1)
            select 1 / (count(*) = $6)::int from u
            """,
            pools, minutes, slots.Select(slot => slot.Booked).ToArray(), slots.Select(slot => slot.Held).ToArray(),
            slots.Select(slot => slot.IsGuarded).ToArray(), (long)slots.Length);
    }

    private static void AddInstitutions(RoundTrip trip, InstitutionNet[] institutions)
    {
        string[] ids = [.. institutions.Select(institution => institution.Id)];
        // A decision on version 0 may be the first change of an institution.
        string[] fresh = [.. institutions.Where(institution => institution.Versions == 0 || institution.Decided == 0).Select(institution => institution.Id)];
        if (fresh.Length > 0)
            trip.Add("insert into institutions (id) select id from unnest($1::text[]) n(id) order by id on conflict do nothing", (object)fresh);
        trip.Add(Lock("institutions"), (object)ids);
        trip.Add(
            """
            with u as (
                update institutions i set version = i.version + n.versions, online = i.online + n.online, entries = i.entries + n.entries,
                    overseen = i.overseen + n.overseen
                from unnest($1::text[], $2::bigint[], $3::int[], $4::int[], $5::int[], $6::int[]) n(id, decided, versions, online, entries, overseen)
                where i.id = n.id and (n.versions = 0 or i.version = n.decided) returning 1)
            select 1 / (count(*) = $7)::int from u
            """,
            ids, institutions.Select(one => one.Decided).ToArray(), institutions.Select(one => one.Versions).ToArray(),
            institutions.Select(one => one.Online).ToArray(), institutions.Select(one => one.Entries).ToArray(),
            institutions.Select(one => one.Overseen).ToArray(), (long)ids.Length);
    }

    private static void AddPacks(RoundTrip trip, string[] ids, int[] taken)
    {
        trip.Add(Lock("packs"), (object)ids);
        trip.Add(
            """
            with u as (
                update packs p set taken = p.taken + n.taken from unnest($1::text[], $2::int[]) n(id, taken)
                where p.id = n.id and (n.taken <= 0 or p.taken + n.taken <= p.quantity) returning 1)
            select 1 / (count(*) = $3)::int from u
            """,
            ids, taken, (long)ids.Length);
    }

    private static void AddHoldEnds(RoundTrip trip, RowWrite.HoldEnded[] ends)
    {
        string[] ids = [.. ends.Select(ended => ended.Hold.ToString())];
        trip.Add(Lock("holds"), (object)ids);
        trip.Add(
            """
            with u as (
                update holds h set status = n.status, booking = n.booking from unnest($1::text[], $2::text[], $3::text[]) n(id, status, booking)
                where h.id = n.id and h.status = 'held' returning 1)
            select 1 / (count(*) = $4)::int from u
            """,
            ids, ends.Select(ended => RowText.Of(ended.Status)).ToArray(), ends.Select(ended => ended.Booking?.ToString()).ToArray(), (long)ids.Length);
    }

    private static string Lock(string table) =>
        $"with l as materialized (select 1 from {table} where id = any($1::text[]) order by id for update) select count(*) from l";
}
