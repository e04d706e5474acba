using System.Collections.Immutable;
using Microsoft.Data.Sqlite;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Writes a netted batch inside a transaction that is open: guards first, in the fixed order, then rows.</summary>
internal sealed class SqliteWriter : IDisposable
{
    private readonly List<SqliteStatement> _all = [];
    private readonly SqliteStatement _slot, _seats, _institutionRow, _institution, _entries, _pack, _holdEnd;
    private readonly SqliteStatement _booking, _bookingChange, _hold, _request, _requestChange, _packMade;
    private readonly SqliteStatement _capacity, _put, _history, _revoke, _change, _trail;

    public SqliteWriter(SqliteConnection connection)
    {
        SqliteStatement Prepare(string text, int parameters)
        {
            var statement = new SqliteStatement(connection, text, parameters);
            _all.Add(statement);
            return statement;
        }

        _slot = Prepare(
            """
            update slots set booked = booked + $3, held = held + $4, shortfall = min(shortfall, max(0, booked + held + $3 + $4 - capacity)), version = version + 1
            where pool = $1 and minutes = $2 and ($5 = 0 or booked + held + $3 + $4 <= capacity)
            """, 5);
        // Not by a returning clause: for each run SQLite opens a table of its own to collect its rows, which costs more than finding the row once more.
        _seats = Prepare("select capacity, booked + held, version from slots where pool = $1 and minutes = $2", 2);
        _institutionRow = Prepare("insert into institutions (id) values ($1) on conflict do nothing", 1);
        _institution = Prepare(
            "update institutions set version = version + $2, online = online + $3, entries = entries + $4 where id = $1 and ($2 = 0 or version = $5)", 5);
        _entries = Prepare("select entries from institutions where id = $1", 1);
        _pack = Prepare("update packs set taken = taken + $2 where id = $1 and ($2 <= 0 or taken + $2 <= quantity)", 2);
        _holdEnd = Prepare("update holds set status = $2, booking = $3 where id = $1 and status = 'held'", 3);
        const string sitting = "institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, reference, vouchers, override_reason";
        _booking = Prepare(
            $"insert into bookings (id, {sitting}, status, version, overseen, attended, forfeited) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)", 18);
        _bookingChange = Prepare(
            """
            update bookings set institution = $2, exam = $3, pool = $4, start_minutes = $5, slots = $6, seats = $7, profile = $8, mode = $9, accommodations = $10, reference = $11,
            vouchers = $12, override_reason = $13, status = $14, version = $15, overseen = $16, attended = $17, forfeited = $18 where id = $1
            """, 18);
        _hold = Prepare(
            $"insert into holds (id, {sitting}, expires_at, status, booking) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)", 16);
        _request = Prepare(
            """
            insert into requests (id, institution, sequence, exam, pool, start_minutes, seats, profile, mode, accommodations, weight, status, booking, passed_at, passed_why, version)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """, 16);
        _requestChange = Prepare(
            """
            update requests set exam = $2, pool = $3, start_minutes = $4, seats = $5, profile = $6, mode = $7, accommodations = $8, weight = $9, status = $10, booking = $11,
            passed_at = $12, passed_why = $13, version = $14 where id = $1
            """, 14);
        _packMade = Prepare("insert into packs (id, institution, programme, quantity, purchased_on, taken) values ($1, $2, $3, $4, $5, $6)", 6);
        _capacity = Prepare(
            """
            insert into slots (pool, minutes, capacity, shortfall) values ($1, $2, $3, $4)
            on conflict (pool, minutes) do update set capacity = excluded.capacity, shortfall = excluded.shortfall, version = version + 1 returning capacity, booked + held, version
            """, 4);
        _put = Prepare(
            "insert into catalogue (kind, id, version, body) values ($1, $2, $3, $4) on conflict (kind, id) do update set version = excluded.version, body = excluded.body", 4);
        _history = Prepare("insert into catalogue_history (kind, id, version, sequence, body) values ($1, $2, $3, $4, $5)", 5);
        _revoke = Prepare("delete from catalogue where kind = $1 and id = $2", 2);
        _change = Prepare(
            """
            insert into changes (sequence, at, who, kind, subject, institution, before, after, why, caller, key, hash, status, notice, touched)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
            """, 15);
        _trail = Prepare("insert into trail (institution, entry, at, committer, sequence, flags, booking, ends) values ($1, $2, $3, 1, $4, $5, $6, $7)", 7);
    }

    /// <summary>Null when a guard fails: then the transaction is to be rolled back.</summary>
    public ImmutableArray<SlotSeats>? Write(BatchNet net, long firstSequence, IReadOnlyDictionary<RequestId, long> requestSequences)
    {
        var after = ImmutableArray.CreateBuilder<SlotSeats>(net.Slots.Count + net.Capacities.Count);
        foreach (var slot in net.Slots)
        {
            if (_slot.Execute(slot.Slot.Pool.Text, slot.Slot.Minutes, slot.Booked, slot.Held, slot.IsGuarded ? 1 : 0) != 1)
                return null;
            using var reader = _seats.Read(slot.Slot.Pool.Text, slot.Slot.Minutes);
            reader.Read();
            after.Add(Seats(slot.Slot, reader));
        }

        if (Institutions(net) is not { } entries || !Packs(net) || !HoldEnds(net))
            return null;
        Rows(net, requestSequences);
        Catalogue(net, firstSequence);
        foreach (var row in net.Capacities)
        {
            using var reader = _capacity.Read(row.Slot.Pool.Text, row.Slot.Minutes, row.Capacity, row.Shortfall);
            reader.Read();
            after.Add(Seats(row.Slot, reader));
        }

        Records(net, firstSequence, entries);
        return after.DrainToImmutable();
    }

    public void Dispose()
    {
        foreach (var statement in _all)
            statement.Dispose();
    }

    private static SlotSeats Seats(SlotHour slot, SqliteRow reader) => new(slot, reader.GetInt32(0), reader.GetInt32(1)) { Version = reader.GetInt32(2) };

    /// <summary>The number of the first new trail entry by institution; null when a version has moved on.</summary>
    private Dictionary<string, long>? Institutions(BatchNet net)
    {
        var entries = new Dictionary<string, long>(net.Institutions.Count);
        foreach (var institution in net.Institutions)
        {
            // A decision on version 0 may be the first that the ledger hears of this institution.
            if (institution.Versions == 0 || institution.Decided == 0)
                _institutionRow.Execute(institution.Id);
            if (_institution.Execute(institution.Id, institution.Versions, institution.Online, institution.Entries, institution.Decided) != 1)
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

    private void Rows(BatchNet net, IReadOnlyDictionary<RequestId, long> requestSequences)
    {
        foreach (var (booking, isNew) in net.Bookings)
        {
            var s = booking.Sitting;
            var statement = isNew ? _booking : _bookingChange;
            var rows = statement.Execute(
                booking.Id.ToString(), s.Institution.Text, s.Exam.Text, s.Pool.Text, SlotMinutes.Of(s.Start), s.Profile.Slots, s.Seats, s.Profile.ToString(), RowText.Of(s.Mode),
                RowText.Of(s.Accommodations), s.Reference, RowText.Of(s.Vouchers), s.OverrideReason, RowText.Of(booking.Status), booking.Version, booking.Overseen ? 1 : 0, booking.Attended,
                RowText.Of(booking.Forfeited));
            Expect(rows, "booking", booking.Id);
        }

        foreach (var hold in net.HoldsMade)
        {
            var s = hold.Sitting;
            _hold.Execute(
                hold.Id.ToString(), s.Institution.Text, s.Exam.Text, s.Pool.Text, SlotMinutes.Of(s.Start), s.Profile.Slots, s.Seats, s.Profile.ToString(), RowText.Of(s.Mode),
                RowText.Of(s.Accommodations), s.Reference, RowText.Of(s.Vouchers), s.OverrideReason, RowText.Ticks(hold.ExpiresAt), RowText.Of(hold.Status), hold.Booking?.ToString());
        }

        foreach (var (request, isNew) in net.Requests)
            Write(request, isNew, requestSequences);
        foreach (var (institution, pack) in net.PacksMade)
            _packMade.Execute(pack.Id.ToString(), institution.Text, pack.Programme, pack.Quantity, RowText.Date(pack.PurchasedOn), pack.Taken);
    }

    private void Catalogue(BatchNet net, long firstSequence)
    {
        foreach (var (put, change) in net.CataloguePuts)
        {
            var (kind, id) = CatalogueText.Key(put.Entry);
            var body = CatalogueText.Body(put.Entry);
            _put.Execute(kind, id, put.Version, body);
            _history.Execute(kind, id, put.Version, firstSequence + change, body);
        }

        foreach (var key in net.KeysRevoked)
        {
            var (kind, id) = CatalogueText.Key(key);
            Expect(_revoke.Execute(kind, id), kind, id);
        }
    }

    private void Write(Request request, bool isNew, IReadOnlyDictionary<RequestId, long> sequences)
    {
        long? passedAt = request.PassedOver is { } passed ? RowText.Ticks(passed.At) : null;
        if (isNew)
        {
            _request.Execute(
                request.Id.ToString(), request.Institution.Text, sequences[request.Id], request.Exam.Text, request.Pool.Text, SlotMinutes.Of(request.PreferredStart), request.Seats,
                request.Profile.ToString(), RowText.Of(request.Mode), RowText.Of(request.Accommodations), request.Weight, RowText.Of(request.Status), request.Booking?.ToString(),
                passedAt, request.PassedOver?.Why, request.Version);
            return;
        }

        var rows = _requestChange.Execute(
            request.Id.ToString(), request.Exam.Text, request.Pool.Text, SlotMinutes.Of(request.PreferredStart), request.Seats, request.Profile.ToString(), RowText.Of(request.Mode),
            RowText.Of(request.Accommodations), request.Weight, RowText.Of(request.Status), request.Booking?.ToString(), passedAt, request.PassedOver?.Why, request.Version);
        Expect(rows, "request", request.Id);
    }

    private void Records(BatchNet net, long firstSequence, Dictionary<string, long> entries)
    {
        for (var i = 0; i < net.Changes.Count; i++)
        {
            var r = net.Changes[i].Record;
            _change.Execute(
                firstSequence + i, RowText.Ticks(r.At), r.Who, r.Kind, r.Subject, r.Institution?.Text, r.Before, net.AfterOf(i), r.Why, r.Stamp?.Caller, r.Stamp?.Key, r.Stamp?.Hash,
                r.Status, r.Notice ? 1 : 0, Touched.Of(net.Changes[i]));
        }

        foreach (var row in net.Trail)
        {
            _trail.Execute(
                row.Institution, entries[row.Institution] + row.Ordinal, RowText.Ticks(net.Changes[row.Change].Record.At), firstSequence + row.Change, row.Flags, row.Booking?.Id.ToString(),
                row.Booking is { } booking ? SlotMinutes.Of(booking.Sitting.End) : null);
        }
    }

    private static void Expect<TId>(int rows, string what, TId id)
    {
        if (rows != 1)
            throw new InvalidOperationException($"The ledger has no {what} {id} to change.");
    }
}
