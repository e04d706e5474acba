using Microsoft.Data.Sqlite;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>
/// The blind peer: it writes the same rows (booking, change, trail) into the same schema with the same settings, batch by batch, and neither reads nor updates
/// slots, institutions and packs. A group commit can approach its rate at best.
/// </summary>
internal sealed class SqliteBlind : IDisposable
{
    private readonly SqliteFolder _folder;
    private readonly SqliteConnection _connection;
    private readonly SqliteStatement _begin, _commit, _booking, _change, _trail;
    private readonly SqliteCheckpoint _checkpoint;
    private readonly Dictionary<string, long> _entries = [];
    private long _sequence;

    public SqliteBlind(string folder)
    {
        _folder = SqliteFolder.Take(folder);
        _connection = _folder.Open(readOnly: false);
        _checkpoint = new(_connection, SqliteCheckpoint.Pages);
        _begin = new(_connection, "begin immediate", 0);
        _commit = new(_connection, "commit", 0);
        _booking = new(
            _connection,
            """
            insert into bookings
                (id, institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, reference, vouchers, override_reason, status, version,
                overseen, attended, forfeited)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
            """, 18);
        _change = new(
            _connection,
            """
            insert into changes (sequence, at, who, kind, subject, institution, before, after, why, caller, key, hash, notice, touched)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """, 14);
        _trail = new(
            _connection,
            "insert into trail (institution, entry, at, committer, sequence, flags, key, booking, ends) values ($1, $2, $3, 1, $4, 0, $5, $6, $7)", 7);
        using var command = _connection.CreateCommand();
        command.CommandText = "select coalesce(max(sequence), 0) from changes";
        _sequence = (long)command.ExecuteScalar()!;
        command.CommandText = "select id, entries from institutions";
        using var reader = command.ExecuteReader();
        while (reader.Read())
            _entries.Add(reader.GetString(0), reader.GetInt64(1));
    }

    public void Write(ReadOnlySpan<PreparedChange> changes)
    {
        _begin.Execute();
        foreach (var prepared in changes)
        {
            var change = prepared.Change;
            var booking = ((RowWrite.BookingMade)change.Rows[0]).Booking;
            var s = booking.Sitting;
            _booking.Execute(
                booking.Id.ToString(), s.Institution.Text, s.Exam.Text, s.Pool.Text, SlotMinutes.Of(s.Start), s.Profile.Slots, s.Seats, s.Profile.ToString(),
                RowText.Of(s.Mode), RowText.Of(s.Accommodations), s.Reference, RowText.Of(s.Vouchers), s.OverrideReason,
                RowText.Of(booking.Status), booking.Version, booking.Overseen ? 1 : 0, booking.Attended, "");
            var r = change.Record;
            _change.Execute(
                ++_sequence, RowText.Ticks(r.At), r.Who, ChangeKinds.Text(r.Kind), r.Subject, r.Institution?.Text, prepared.Before, prepared.After, r.Why,
                r.Stamp?.Caller, r.Stamp?.Key, r.Stamp?.Hash, r.Notice ? 1 : 0, prepared.Touched);
            var entry = _entries[s.Institution.Text] = _entries.GetValueOrDefault(s.Institution.Text) + 1;
            var key = KeyQueries.HashOf(r.Stamp!.Caller, r.Stamp.Key);
            _trail.Execute(s.Institution.Text, entry, RowText.Ticks(r.At), _sequence, key, booking.Id.ToString(), SlotMinutes.Of(s.End));
        }

        _commit.Execute();
        _checkpoint.RunWhenDue();
    }

    public void Dispose()
    {
        foreach (var statement in (SqliteStatement[])[_begin, _commit, _booking, _change, _trail])
            statement.Dispose();
        _connection.Dispose();
        _folder.Dispose();
    }
}
