using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Writes a netted batch inside a transaction that is open: guards first, in the fixed order, then rows.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteRowWriter _rows;
    private readonly SqlitePlanWriter _plans;
    private readonly SqliteStatement _slot, _seats, _held, _institutionRow, _institution, _entries, _pack, _holdEnd;
    private readonly SqliteStatement _capacity, _put, _history, _change, _trail, _anyRetired, _retired, _act;

    public SqliteWriter(SqliteConnection connection)
    {
        _rows = new(connection);
        _plans = new(connection);

        SqliteStatement Prepare(string text, int parameters)
        {
            var statement = new SqliteStatement(connection, text, parameters);
            _all.Add(statement);
            return statement;
        }

        _slot = Prepare(
            """
            update slots set booked = booked + $3, held = held + $4, shortfall = min(shortfall, max(0, booked + held + $3 + $4 - capacity)),
                version = version + 1
            where pool = $1 and minutes = $2 and ($5 = 0 or booked + held + $3 + $4 <= capacity)
            """, 5);
        // A returning clause would be slower: SQLite collects the returned rows in a new table for each run, which takes longer than finding the row again.
        _seats = Prepare("select capacity, booked, held, version from slots where pool = $1 and minutes = $2", 2);
        _held = Prepare(
            $"""
            select id, start_minutes, profile, expires_at from holds
            where pool = $1 and status = 'held' and start_minutes <= $2 and start_minutes > $2 - {LongestBlock.Minutes} and start_minutes + 60 * slots > $2
            """, 2);
        _institutionRow = Prepare("insert into institutions (id) values ($1) on conflict do nothing", 1);
        _institution = Prepare(
            """
            update institutions set version = version + $2, online = online + $3, entries = entries + $4, overseen = overseen + $6
            where id = $1 and ($2 = 0 or version = $5)
            """, 6);
        _entries = Prepare("select entries from institutions where id = $1", 1);
        _pack = Prepare("update packs set taken = taken + $2 where id = $1 and ($2 <= 0 or taken + $2 <= quantity)", 2);
        _holdEnd = Prepare("update holds set status = $2, booking = $3 where id = $1 and status = 'held'", 3);
        _capacity = Prepare(
            """
            insert into slots (pool, minutes, capacity, shortfall) values ($1, $2, $3, $4)
            on conflict (pool, minutes) do update set capacity = excluded.capacity, shortfall = excluded.shortfall, version = version + 1
            """, 4);
        _put = Prepare(
            """
            insert into catalogue (kind, id, version, body, retired) values ($1, $2, $3, $4, $5)
            on conflict (kind, id) do update set version = excluded.version, body = excluded.body, retired = excluded.retired
            """, 5);
        _anyRetired = Prepare("select exists (select 1 from catalogue where retired = 1)", 0);
        _retired = Prepare(SqliteView.Retired, 2);
        _history = Prepare("insert into catalogue_history (kind, id, version, sequence, body) values ($1, $2, $3, $4, $5)", 5);
        _change = Prepare(
            """
            insert into changes (sequence, at, who, kind, subject, institution, before, after, why, caller, key, hash, notice, touched, forced)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """, 15);
        _act = Prepare("update bookings set operator_act = $2, version = version + 1 where id = $1", 2);
        _trail = Prepare(
            "insert into trail (institution, entry, at, committer, sequence, flags, key, booking, ends) values ($1, $2, $3, 1, $4, $5, $6, $7, $8)", 8);
    }

    /// <summary>
    /// Writes the batch and returns the changed slots' new values. Returns null when a guard fails; then the caller must roll the transaction back.
    /// </summary>
    public ImmutableArray<SlotSeats>? Write(BatchNet net, long firstSequence, IReadOnlyDictionary<RequestId, long> requestSequences)
    {
        if (RestsOnRetired(net))
            return null;
        var after = ImmutableArray.CreateBuilder<SlotSeats>(net.Slots.Count + net.Capacities.Count);
        foreach (var slot in net.Slots)
        {
            if (_slot.Execute(slot.Slot.Pool.Text, slot.Slot.Minutes, slot.Booked, slot.Held, slot.IsGuarded ? 1 : 0) != 1)
                return null;
        }

        if (Institutions(net) is not { } entries || !Packs(net) || !HoldEnds(net))
            return null;
        _rows.Write(net, requestSequences);
        _plans.Write(net.PlanRows);
        _plans.Write(net.PrivateRows);
        Catalogue(net, firstSequence);
        foreach (var row in net.Capacities)
            _capacity.Execute(row.Slot.Pool.Text, row.Slot.Minutes, row.Capacity, row.Shortfall);
        foreach (var (booking, act) in net.Acts)
            SqliteRowWriter.Expect(_act.Execute(booking.ToString(), OperatorActForm.Write(act)), "booking", booking);

        Records(net, firstSequence, entries);
        // The picture needs a slot's seats and holds of the same moment, so both are read after all rows are written.
        foreach (var slot in net.Slots)
            after.Add(Seats(slot.Slot));
        foreach (var row in net.Capacities)
            after.Add(Seats(row.Slot));
        return after.DrainToImmutable();
    }

    public void Dispose()
    {
        _rows.Dispose();
        _plans.Dispose();
        foreach (var statement in _all)
            statement.Dispose();
    }

    /// <summary>
    /// Whether something new rests on a retired entry. Most ledgers have no retired entry, and then one look-up is enough for the whole batch.
    /// </summary>
    private bool RestsOnRetired(BatchNet net)
    {
        if (net.Rested.Count == 0)
            return false;
        using (var any = _anyRetired.Read())
        {
            if (!any.Read() || any.GetInt32(0) == 0)
                return false;
        }

        foreach (var (kind, id) in net.Rested)
        {
            using var reader = _retired.Read(kind, id);
            if (reader.Read())
                return true;
        }

        return false;
    }

    private SlotSeats Seats(SlotHour slot)
    {
        using var reader = _seats.Read(slot.Pool.Text, slot.Minutes);
        reader.Read();
        var held = reader.GetInt32(2);
        return new(slot, reader.GetInt32(0), reader.GetInt32(1) + held) { Version = reader.GetInt32(3), Holds = held == 0 ? [] : Holds(slot) };
    }

    private ImmutableArray<HeldSeats> Holds(SlotHour slot)
    {
        var holds = ImmutableArray.CreateBuilder<HeldSeats>();
        using var reader = _held.Read(slot.Pool.Text, slot.Minutes);
        while (reader.Read())
        {
            var place = (slot.Minutes - reader.GetInt32(1)) / SlotHour.LengthMinutes;
            holds.Add(new(new(Guid.Parse(reader.GetString(0))), SeatProfile.Parse(reader.GetString(2))[place], RowText.Instant(reader.GetInt64(3))));
        }

        return holds.ToImmutable();
    }

    /// <summary>The number of the first new trail entry by institution; null when an institution has another version.</summary>
    private Dictionary<string, long>? Institutions(BatchNet net)
    {
        var entries = new Dictionary<string, long>(net.Institutions.Count);
        foreach (var institution in net.Institutions)
        {
            // A decision on version 0 may be the first change of this institution.
            if (institution.Versions == 0 || institution.Decided == 0)
                _institutionRow.Execute(institution.Id);
            var (online, overseen) = (institution.Online, institution.Overseen);
            if (_institution.Execute(institution.Id, institution.Versions, online, institution.Entries, institution.Decided, overseen) != 1)
                return null;
            using var reader = _entries.Read(institution.Id);
            reader.Read();
            entries.Add(institution.Id, reader.GetInt64(0) - institution.Entries + 1);
        }

        return entries;
    }

    private bool Packs(BatchNet net)
    {
        foreach (var (pack, taken) in net.Packs)
        {
            if (_pack.Execute(pack.ToString(), taken) != 1)
                return false;
        }

        return true;
    }

    private bool HoldEnds(BatchNet net)
    {
        foreach (var ended in net.HoldsEnded)
        {
            if (_holdEnd.Execute(ended.Hold.ToString(), RowText.Of(ended.Status), ended.Booking?.ToString()) != 1)
                return false;
        }

        return true;
    }

    private void Catalogue(BatchNet net, long firstSequence)
    {
        foreach (var (put, change) in net.CataloguePuts)
        {
            var (kind, id) = CatalogueText.Key(put.Entry);
            var body = CatalogueText.Body(put.Entry);
            _put.Execute(kind, id, put.Version, body, Retirement.Of(put.Entry) is null ? 0 : 1);
            _history.Execute(kind, id, put.Version, firstSequence + change, body);
        }
    }

    private void Records(BatchNet net, long firstSequence, Dictionary<string, long> entries)
    {
        for (var i = 0; i < net.Changes.Count; i++)
        {
            var change = net.Changes[i];
            var r = change.Record;
            _change.Execute(
                firstSequence + i, RowText.Ticks(r.At), r.Who, ChangeKinds.Text(r.Kind), r.Subject, r.Institution?.Text, change.Before, net.AfterOf(i), r.Why,
                r.Stamp?.Caller, r.Stamp?.Key, r.Stamp?.Hash, r.Notice ? 1 : 0, change.Touched, change.IsForced ? 1 : 0);
        }

        foreach (var row in net.Trail)
        {
            _trail.Execute(
                row.Institution, entries[row.Institution] + row.Ordinal, RowText.Ticks(net.Changes[row.Change].Record.At), firstSequence + row.Change,
                row.Flags, row.Key,
                row.Booking?.ToString(), row.Ends);
        }
    }
}
