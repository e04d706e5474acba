using Npgsql;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>
/// The blind peer on PostgreSQL: it writes the booking, change and trail rows of a batch by unnest, in one round trip and one transaction, and neither reads
/// nor updates slots, institutions and packs.
/// </summary>
internal sealed class BlindUnnest : IAsyncDisposable
{
    private readonly NpgsqlConnection _connection;
    private readonly int _step;
    private readonly Dictionary<string, long> _entries = [];
    private long _sequence;

    private BlindUnnest(NpgsqlConnection connection, int number, int step)
    {
        _connection = connection;
        _sequence = number + 1;
        _step = step;
    }

    /// <summary>Opens one of several connections. Each has its own sequence numbers, in steps of <paramref name="of"/>.</summary>
    public static async Task<BlindUnnest> Open(string connectionString, int number, int of)
    {
        var peer = new BlindUnnest(new(connectionString + ";Max Auto Prepare=50;Auto Prepare Min Usages=1"), number, of);
        await peer._connection.OpenAsync();
        await using var command = new NpgsqlCommand("select id, entries from institutions", peer._connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            peer._entries.Add(reader.GetString(0), (reader.GetInt64(1) * of) + number);
        return peer;
    }

    public async Task Write(PreparedChange[] prepared)
    {
        var changes = Array.ConvertAll(prepared, one => one.Change);
        var bookings = changes.Select(change => ((RowWrite.BookingMade)change.Rows[0]).Booking).ToArray();
        var sittings = bookings.Select(booking => booking.Sitting).ToArray();
        var records = changes.Select(change => change.Record).ToArray();
        var sequences = changes.Select(_ => _sequence += _step).ToArray();
        var schools = sittings.Select(s => s.Institution.Text).ToArray();
        var ids = bookings.Select(booking => booking.Id.ToString()).ToArray();
        var at = records.Select(r => RowText.Ticks(r.At)).ToArray();
        await using var batch = new NpgsqlBatch(_connection);
        Add(
            batch,
            """
            insert into bookings
                (id, institution, exam, pool, start_minutes, slots, seats, profile, mode, accommodations, reference, vouchers, status, version, overseen)
            select id, institution, exam, pool, start_minutes, slots, seats, profile, mode, '', reference, vouchers, 'confirmed', 1, 0
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::int[], $6::int[], $7::int[], $8::text[], $9::text[], $10::text[], $11::text[])
                n(id, institution, exam, pool, start_minutes, slots, seats, profile, mode, reference, vouchers)
            """,
            ids,
            schools,
            sittings.Select(s => s.Exam.Text).ToArray(),
            sittings.Select(s => s.Pool.Text).ToArray(),
            sittings.Select(s => SlotMinutes.Of(s.Start)).ToArray(),
            sittings.Select(s => s.Profile.Slots).ToArray(),
            sittings.Select(s => s.Seats).ToArray(),
            sittings.Select(s => s.Profile.ToString()).ToArray(),
            sittings.Select(s => RowText.Of(s.Mode)).ToArray(),
            sittings.Select(s => s.Reference).ToArray(),
            sittings.Select(s => RowText.Of(s.Vouchers)).ToArray());
        Add(
            batch,
            """
            insert into changes (committer, sequence, position, batch, at, who, kind, subject, institution, after, caller, key, hash, notice, touched)
            select 900, sequence, sequence, $12, at, who, kind, subject, institution, after, caller, key, hash, 0, touched
            from unnest(
                $1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[])
                n(sequence, at, who, kind, subject, institution, after, caller, key, hash, touched)
            """,
            sequences,
            at,
            records.Select(r => r.Who).ToArray(),
            records.Select(r => ChangeKinds.Text(r.Kind)).ToArray(),
            ids,
            schools,
            prepared.Select(one => one.After).ToArray(),
            records.Select(r => r.Stamp!.Caller).ToArray(),
            records.Select(r => r.Stamp!.Key).ToArray(),
            records.Select(r => r.Stamp!.Hash).ToArray(),
            prepared.Select(one => one.Touched).ToArray(),
            _sequence);
        Add(
            batch,
            """
            insert into trail (institution, entry, at, committer, sequence, position, flags, key, booking, ends)
            select institution, entry, at, 900, sequence, sequence, 0, key, booking, ends
            from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::int[], $7::bigint[])
                n(institution, entry, at, sequence, booking, ends, key)
            """,
            schools,
            schools.Select(school => _entries[school] = _entries.GetValueOrDefault(school) + _step).ToArray(),
            at,
            sequences,
            ids,
            sittings.Select(s => SlotMinutes.Of(s.End)).ToArray(),
            records.Select(r => KeyQueries.HashOf(r.Stamp!.Caller, r.Stamp.Key)).ToArray());
        await batch.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _connection.DisposeAsync();

    private static void Add(NpgsqlBatch batch, string text, params object[] values)
    {
        var command = new NpgsqlBatchCommand(text);
        foreach (var value in values)
            command.Parameters.Add(new() { Value = value });
        batch.BatchCommands.Add(command);
    }
}
