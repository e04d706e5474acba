using Microsoft.Data.Sqlite;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads the rows that a replay needs. The writer's transaction is the only one that writes, so no row needs its own lock.</summary>
internal sealed class SqliteView(SqliteConnection connection) : IDisposable
{
    /// <summary>Reads a row when the entry is retired.</summary>
    public const string Retired = "select 1 from catalogue where kind = $1 and id = $2 and retired = 1";

    private readonly SqliteStatement _slot = new(
        connection, "select capacity, booked, held, shortfall, version from slots where pool = $1 and minutes = $2", 2);

    private readonly SqliteStatement _slots = new(
        connection, "select minutes, capacity, booked, held, shortfall, version from slots where pool = $1 and minutes between $2 and $3", 3);

    private readonly SqliteStatement _institution = new(connection, "select version from institutions where id = $1", 1);
    private readonly SqliteStatement _booked = new(
        connection,
        """
        select b.id, b.institution, b.start_minutes, b.slots, i.version from bookings b join institutions i on i.id = b.institution
        where b.pool = $1 and b.status = 'confirmed' and b.start_minutes <= $3 and b.start_minutes + 60 * b.slots > $2 order by b.institution, b.id
        """, 3);

    private readonly SqliteStatement _pack = new(connection, "select quantity, taken from packs where id = $1", 1);
    private readonly SqliteStatement _hold = new(connection, "select 1 from holds where id = $1 and status = 'held'", 1);
    private readonly SqliteStatement _entry = new(connection, "select version from catalogue where kind = $1 and id = $2", 2);

    private readonly SqliteStatement _plan = new(connection, "select version from plans where id = $1", 1);
    private readonly SqliteStatement _planPool = new(connection, "select plan from plan_pools where pool = $1", 1);
    private readonly SqliteStatement _private = new(connection, "select version from private_rows where kind = $1 and id = $2", 2);
    private readonly SqliteStatement _retired = new(connection, Retired, 2);
    private readonly SqliteStatement _since = new(
        connection, "select after from changes where sequence > $1 and after is not null order by sequence limit $2", 2);

    public ReplayView Read(IReadOnlyList<PreparedChange> changes)
    {
        var keys = ReplayKeys.Of(changes);
        var view = new ReplayView();
        foreach (var slot in keys.Slots)
        {
            using var reader = _slot.Read(slot.Pool.Text, slot.Minutes);
            if (reader.Read())
                view.Slots[slot] = Slot(reader, 0);
        }

        foreach (var (pool, from, to) in keys.Ranges)
        {
            using var reader = _slots.Read(pool.Text, from, to);
            while (reader.Read())
                view.Slots[new(pool, reader.GetInt32(0))] = Slot(reader, 1);
        }

        foreach (var (pool, from, to) in keys.Forced)
        {
            using var reader = _booked.Read(pool.Text, from, to);
            while (reader.Read())
            {
                var institution = InstitutionId.Of(reader.GetString(1));
                view.Booked.Add(new(new(Guid.Parse(reader.GetString(0))), institution, pool, reader.GetInt32(2), reader.GetInt32(3)));
                view.Versions[institution] = reader.GetInt64(4);
            }
        }

        foreach (var institution in keys.Institutions)
        {
            using var reader = _institution.Read(institution.Text);
            view.Versions[institution] = reader.Read() ? reader.GetInt64(0) : 0;
        }

        foreach (var pack in keys.Packs)
        {
            using var reader = _pack.Read(pack.ToString());
            if (reader.Read())
                view.Packs[pack] = (reader.GetInt32(0), reader.GetInt32(1));
        }

        foreach (var hold in keys.Holds)
        {
            using var reader = _hold.Read(hold.ToString());
            if (reader.Read())
                view.Held.Add(new(hold));
        }

        foreach (var (kind, id) in keys.Catalogue)
        {
            using var reader = _entry.Read(kind, id);
            if (reader.Read())
                view.Catalogue[(kind, id)] = reader.GetInt32(0);
        }

        foreach (var (kind, id) in keys.Rested)
        {
            using var reader = _retired.Read(kind, id);
            if (reader.Read())
                view.Retired.Add((kind, id));
        }

        foreach (var nothing in keys.Nothing)
        {
            if (RestsOn.IsDisturbed(nothing, Since(nothing.Mark)))
                view.Disturbed.Add(nothing);
        }

        ReadPlans(view, keys);
        foreach (var (kind, id) in keys.PrivateRows)
        {
            using var reader = _private.Read(PrivateStatements.Word(kind), id);
            if (reader.Read())
                view.PrivateRows[(kind, id)] = reader.GetInt32(0);
        }

        if (keys.Application is not null)
        {
            using var session = new ReadSession(connection, ownsConnection: false);
            PlanReading.Complete(view, keys.Application, session, new(IsPostgres: false));
        }

        return view;
    }

    public void Dispose()
    {
        _plan.Dispose();
        _private.Dispose();
        _planPool.Dispose();
        _slot.Dispose();
        _slots.Dispose();
        _booked.Dispose();
        _institution.Dispose();
        _pack.Dispose();
        _hold.Dispose();
        _entry.Dispose();
        _retired.Dispose();
        _since.Dispose();
    }

    private void ReadPlans(ReplayView view, ReplayKeys keys)
    {
        foreach (var plan in keys.Plans)
        {
            using var reader = _plan.Read(new PlanId(plan).ToString());
            if (reader.Read())
                view.Plans[new(plan)] = reader.GetInt32(0);
        }

        foreach (var pool in keys.PlanPools)
        {
            using var reader = _planPool.Read(pool.Text);
            if (reader.Read())
                view.PlanPools[pool] = new(Guid.Parse(reader.GetString(0)));
        }
    }

    /// <summary>The snapshots after the changes since a mark, one more than a commit looks at.</summary>
    private List<string> Since(LedgerMark mark)
    {
        var snapshots = new List<string>();
        using var reader = _since.Read(mark.Last.Select(last => last.Sequence).DefaultIfEmpty(0).Max(), RestsOn.MostChanges + 1);
        while (reader.Read())
            snapshots.Add(reader.GetString(0));
        return snapshots;
    }

    private static LockedSlot Slot(SqliteRow reader, int from) => new()
    {
        Capacity = reader.GetInt32(from),
        Booked = reader.GetInt32(from + 1),
        Held = reader.GetInt32(from + 2),
        Shortfall = reader.GetInt32(from + 3),
        Version = reader.GetInt32(from + 4),
    };
}
