using Microsoft.Data.Sqlite;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Reads what a replay decides on. The writer's transaction is the only one, so no row needs a lock of its own.</summary>
internal sealed class SqliteView(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _slot = new(connection, "select capacity, booked, held, shortfall, version from slots where pool = $1 and minutes = $2", 2);
    private readonly SqliteStatement _slots = new(connection, "select minutes, capacity, booked, held, shortfall, version from slots where pool = $1 and minutes between $2 and $3", 3);
    private readonly SqliteStatement _institution = new(connection, "select version from institutions where id = $1", 1);
    private readonly SqliteStatement _pack = new(connection, "select quantity, taken from packs where id = $1", 1);
    private readonly SqliteStatement _hold = new(connection, "select 1 from holds where id = $1 and status = 'held'", 1);
    private readonly SqliteStatement _entry = new(connection, "select version from catalogue where kind = $1 and id = $2", 2);

    public ReplayView Read(IReadOnlyList<Change> changes)
    {
        var keys = ReplayKeys.Of(changes);
        var view = new ReplayView();
        foreach (var slot in keys.Slots)
        {
            using var reader = _slot.Read(slot.Pool.Text, slot.Minutes);
            if (reader.Read())
                view.Slots[slot] = Seen(reader, 0);
        }

        foreach (var (pool, from, to) in keys.Ranges)
        {
            using var reader = _slots.Read(pool.Text, from, to);
            while (reader.Read())
                view.Slots[new(pool, reader.GetInt32(0))] = Seen(reader, 1);
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

        return view;
    }

    public void Dispose()
    {
        _slot.Dispose();
        _slots.Dispose();
        _institution.Dispose();
        _pack.Dispose();
        _hold.Dispose();
        _entry.Dispose();
    }

    private static SlotSeen Seen(SqliteRow reader, int from) =>
        new(reader.GetInt32(from), reader.GetInt32(from + 1), reader.GetInt32(from + 2), reader.GetInt32(from + 3), reader.GetInt32(from + 4));
}

/// <summary>What a replay has to read, in the order in which it is locked.</summary>
internal sealed class ReplayKeys
{
    public SortedSet<SlotHour> Slots { get; } = [];

    /// <summary>Slots of one pool from the first to the last whose capacity is set.</summary>
    public List<(PoolId Pool, int From, int To)> Ranges { get; } = [];

    public SortedSet<InstitutionId> Institutions { get; } = [];

    public SortedSet<PackId> Packs { get; } = [];

    public SortedSet<Guid> Holds { get; } = [];

    public List<(string Kind, string Id)> Catalogue { get; } = [];

    public static ReplayKeys Of(IReadOnlyList<Change> changes)
    {
        var keys = new ReplayKeys();
        foreach (var change in changes)
        {
            if (change.Guard is { } guard)
                keys.Institutions.Add(guard.Institution);
            keys.Slots.UnionWith(change.Slots.Select(delta => delta.Slot));
            keys.Packs.UnionWith(change.Packs.Select(delta => delta.Pack));
            foreach (var row in change.Rows)
            {
                if (row is RowWrite.HoldEnded ended)
                    keys.Holds.Add(ended.Hold.Value);
                else if (row is RowWrite.CapacitySet { Slots: [var first, ..] slots } set)
                    keys.Ranges.Add((set.Pool, first.Minutes, slots[^1].Minutes));
                else if (row is RowWrite.CataloguePut put)
                    keys.Catalogue.Add(CatalogueText.Key(put.Entry));
                else if (row is RowWrite.KeyRevoked revoked)
                    keys.Catalogue.Add(CatalogueText.Key(revoked.Key));
            }
        }

        return keys;
    }
}
