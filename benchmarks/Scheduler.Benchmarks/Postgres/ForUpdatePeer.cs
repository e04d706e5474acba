using Npgsql;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>
/// One transaction per booking on PostgreSQL, as programs commonly do it: lock and read the slots, update, insert, commit. Statements are prepared, and each is
/// a round trip.
/// </summary>
internal sealed class ForUpdatePeer(string connectionString) : IAsyncDisposable
{
    private const string Settings = ";Max Auto Prepare=50;Auto Prepare Min Usages=1;Maximum Pool Size=16";
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connectionString + Settings);
    private long _sequence = 1;

    public async Task Book(PreparedChange prepared)
    {
        var change = prepared.Change;
        var booking = ((RowWrite.BookingMade)change.Rows[0]).Booking;
        var s = booking.Sitting;
        var r = change.Record;
        await using var connection = await _source.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var look = Command(
            connection,
            "select minutes from slots where pool = $1 and minutes = any($2) and booked + held + $3 <= capacity order by pool, minutes for update",
            s.Pool.Text,
            change.Slots.Select(slot => slot.Slot.Minutes).ToArray(),
            s.Seats))
        await using (var reader = await look.ExecuteReaderAsync())
        {
            var found = 0;
            while (await reader.ReadAsync())
                found++;
            if (found < change.Slots.Length)
                throw new InvalidOperationException("A slot of the benchmark is full.");
        }

        foreach (var slot in change.Slots)
        {
            await Execute(
                connection,
                "update slots set booked = booked + $3, version = version + 1 where pool = $1 and minutes = $2",
                s.Pool.Text,
                slot.Slot.Minutes,
                slot.Booked);
        }

        long entry;
        await using (var raise = Command(
            connection, "update institutions set version = version + 1, entries = entries + 1 where id = $1 returning entries", s.Institution.Text))
            entry = (long)(await raise.ExecuteScalarAsync())!;
        await Execute(
            connection, "update packs set taken = taken + $2 where id = $1 and taken + $2 <= quantity", s.Vouchers[0].Pack.ToString(), s.Seats);
        await Execute(
            connection,
            """
            insert into bookings
                (id, institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, reference, vouchers, status, version, overseen)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'confirmed', 1, 0)
            """,
            booking.Id.ToString(), s.Institution.Text, s.Exam.Text, s.Pool.Text, SlotMinutes.Of(s.Start), s.Profile.Slots, s.Seats, s.Profile.ToString(),
            RowText.Of(s.Mode), "", s.Reference!, RowText.Of(s.Vouchers));
        var sequence = Interlocked.Increment(ref _sequence);
        await Execute(
            connection,
            """
            insert into changes (committer, sequence, position, batch, at, who, kind, subject, institution, after, caller, key, hash, notice, touched)
            values (900, $1, $1, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)
            """,
            sequence, RowText.Ticks(r.At), r.Who, ChangeKinds.Text(r.Kind), r.Subject, s.Institution.Text, prepared.After!,
            r.Stamp!.Caller, r.Stamp.Key, r.Stamp.Hash, prepared.Touched);
        await Execute(
            connection,
            """
            insert into trail (institution, entry, at, committer, sequence, position, flags, key, booking, ends)
            values ($1, $2, $3, 900, $4, $4, 0, $5, $6, $7)
            """,
            s.Institution.Text, entry, RowText.Ticks(r.At), sequence, KeyQueries.HashOf(r.Stamp.Caller, r.Stamp.Key),
            booking.Id.ToString(), SlotMinutes.Of(s.End));
        await transaction.CommitAsync();
    }

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    private static async Task Execute(NpgsqlConnection connection, string text, params object[] values)
    {
        await using var command = Command(connection, text, values);
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string text, params object[] values)
    {
        var command = new NpgsqlCommand(text, connection);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        return command;
    }
}
