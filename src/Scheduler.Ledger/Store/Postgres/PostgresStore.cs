using System.Collections.Immutable;
using System.Data;
using NodaTime;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Where a committer tells which number is its own: the feed of others leaves those changes out.</summary>
internal interface IOwnNumbers
{
    /// <summary>From now on changes of this number after <paramref name="sequence"/> are ours.</summary>
    void Own(int committer, long sequence);

    /// <summary>No longer: what follows <paramref name="sequence"/> is somebody else's.</summary>
    void Disown(int committer, long sequence);
}

/// <summary>
/// One committer of a shared ledger: a connection of its own, and a number that is its own for as long as that connection lives.
/// </summary>
internal sealed class PostgresStore : ICommitStore
{
    private readonly string _connectionString;
    private readonly Positions _positions;
    private readonly IOwnNumbers _owned;
    private NpgsqlConnection? _connection;
    private int _backend;
    private int _committer;
    private long _sequence;
    private long? _firstExpiry;
    private UnderWay? _underWay;

    public PostgresStore(string connectionString, Positions positions, IOwnNumbers owned)
    {
        _connectionString = connectionString;
        _positions = positions;
        _owned = owned;
        Connect();
    }

    public bool IsInDoubt => _underWay is not null;

    private NpgsqlConnection Connection => _connection ?? throw new NpgsqlException("There is no connection to the database.");

    public IReadOnlyList<Hold> Due(Instant now, bool exact)
    {
        // The last batch told when the first hold ends. One made elsewhere since lives longer than a batch, and a batch that lacks its seats is replayed, exactly.
        if (!exact && (_firstExpiry is not { } first || first > RowText.Ticks(now)))
            return [];
        using var command = new NpgsqlCommand($"select {RowReader.HoldColumns} from holds where status = 'held' and expires_at <= $1 order by expires_at, id limit 1000", Connection);
        command.Parameters.Add(new NpgsqlParameter { Value = RowText.Ticks(now) });
        using var reader = command.ExecuteReader();
        var holds = new List<Hold>();
        while (reader.Read())
            holds.Add(RowReader.Hold(reader));
        return holds;
    }

    public Written? TryWrite(BatchNet net)
    {
        var numbers = NumbersFor(net, null);
        _underWay = new(Accepted(net), numbers);
        try
        {
            using var trip = new RoundTrip(Connection);
            return Done(net, numbers, Write(trip, net, numbers));
        }
        catch (PostgresException exception) when (Postgres.IsGuardFailed(exception))
        {
            _underWay = null;
            return null;
        }
    }

    public Replayed Replay(IReadOnlyList<Change> changes)
    {
        using var transaction = Connection.BeginTransaction(IsolationLevel.ReadCommitted);
        Numbers? numbers = null;
        ReplayView view = PostgresView.Read(Connection, transaction, changes);
        var replayed = ReplayOnce.Of(changes, view, net =>
        {
            numbers = NumbersFor(net, transaction);
            using var trip = new RoundTrip(Connection, transaction);
            var slots = Write(trip, net, numbers);
            return new(numbers.First, [.. slots, .. Capacities(net, view)], numbers.Requests);
        });
        if (numbers is null)
            return replayed;
        _underWay = new(replayed, numbers);
        transaction.Commit();
        Done(replayed.Accepted, numbers, []);
        return replayed;
    }

    public Trouble Judge(Exception exception)
    {
        var trouble = Postgres.Judge(exception, _connection);
        if (trouble != Trouble.Lost)
            _underWay = null;
        return trouble;
    }

    public Replayed? Recover()
    {
        _connection?.Dispose();
        _connection = null;
        var replayed = Connect();
        _underWay = null;
        return replayed;
    }

    public void Dispose() => _connection?.Dispose();

    /// <summary>What became of a transaction whose answer was lost; null when it is not in the ledger, and never will be: its backend has ended.</summary>
    private static Replayed? FindOut(NpgsqlConnection connection, UnderWay underWay)
    {
        using var command = new NpgsqlCommand("select batch from changes where committer = $1 and sequence = $2", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = underWay.Numbers.Committer });
        command.Parameters.Add(new NpgsqlParameter { Value = underWay.Numbers.First });
        if (command.ExecuteScalar() is not long batch || batch != underWay.Numbers.Batch)
            return null;
        var net = underWay.Replayed.Accepted;
        var slots = PostgresSlots.Read(connection, [.. net.Slots.Select(slot => slot.Slot), .. net.Capacities.Select(row => row.Slot)]);
        return underWay.Replayed with { Written = new(underWay.Numbers.First, slots, underWay.Numbers.Requests) };
    }

    private static Replayed Accepted(BatchNet net) => new(ImmutableArray.Create(new CommitOutcome?[net.Changes.Count]), net, null);

    /// <summary>Capacities are set on rows that the view had under lock: what they come to needs no second look.</summary>
    private static IEnumerable<SlotSeats> Capacities(BatchNet net, ReplayView view) =>
        from row in net.Capacities
        let seen = view.Slots[row.Slot]
        select new SlotSeats(row.Slot, row.Capacity, seen.Taken) { Version = seen.Version };

    private ImmutableArray<SlotSeats> Write(RoundTrip trip, BatchNet net, Numbers numbers)
    {
        PostgresWriter.AddGuards(trip, net);
        PostgresWriter.AddRows(trip, net, numbers);
        PostgresRare.Add(trip, net, numbers);
        trip.Add("select min(expires_at) from holds where status = 'held'");
        using var reader = trip.Read();
        ImmutableArray<SlotSeats> slots = [];
        if (net.Slots.Count > 0)
        {
            reader.NextResult();
            slots = Seats(reader, [.. net.Slots]);
        }

        // To the last result: an error of any statement shows on the way.
        var first = _firstExpiry;
        do
        {
            if (reader.FieldCount == 1 && reader.GetName(0) == "min" && reader.Read())
                first = reader.IsDBNull(0) ? null : reader.GetInt64(0);
        }
        while (reader.NextResult());
        _firstExpiry = first;
        return slots;
    }

    private static ImmutableArray<SlotSeats> Seats(NpgsqlDataReader reader, SlotNet[] slots)
    {
        reader.Read();
        var places = reader.GetFieldValue<int[]>(1);
        var capacities = reader.GetFieldValue<int[]>(2);
        var taken = reader.GetFieldValue<int[]>(3);
        var versions = reader.GetFieldValue<int[]>(4);
        var seats = ImmutableArray.CreateBuilder<SlotSeats>(places.Length);
        for (var i = 0; i < places.Length; i++)
            seats.Add(new(slots[places[i] - 1].Slot, capacities[i], taken[i]) { Version = versions[i] });
        return seats.MoveToImmutable();
    }

    private Written Done(BatchNet net, Numbers numbers, ImmutableArray<SlotSeats> slots)
    {
        _underWay = null;
        _sequence += net.Changes.Count;
        return new(numbers.First, slots, numbers.Requests);
    }

    private Numbers NumbersFor(BatchNet net, NpgsqlTransaction? transaction)
    {
        var requests = new Dictionary<RequestId, long>();
        RequestId[] fresh = [.. net.Requests.Where(row => row.IsNew).Select(row => row.Value.Id)];
        if (fresh.Length > 0)
        {
            using var command = new NpgsqlCommand("select nextval('request_sequence') from generate_series(1, $1)", Connection, transaction);
            command.Parameters.Add(new NpgsqlParameter { Value = fresh.Length });
            using var reader = command.ExecuteReader();
            foreach (var id in fresh)
            {
                reader.Read();
                requests.Add(id, reader.GetInt64(0));
            }
        }

        long[] positions = [.. net.Changes.Select(change => _positions.Next(RowText.Ticks(change.Record.At), _committer))];
        return new(_committer, _sequence + 1, Random.Shared.NextInt64(), positions, requests);
    }

    /// <summary>
    /// Takes a number by an advisory lock: the one it had, when nobody else has it. The lock lives as long as its connection's backend, so that taking it proves that a backend
    /// which was still busy with our last transaction has ended: then what became of that is found out, and answered.
    /// </summary>
    private Replayed? Connect()
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            connection.Open();
            var number = Claim(connection);
            var found = _underWay is { } underWay ? FindOut(connection, underWay) : null;
            using var trip = new RoundTrip(connection)
                .Add("insert into committers (id) values ($1) on conflict do nothing", number)
                .Add("select coalesce(max(sequence), 0), coalesce(max(position), 0) from changes where committer = $1", number);
            using (var reader = trip.Read())
            {
                reader.Read();
                var sequence = reader.GetInt64(0);
                _positions.Observe(reader.GetInt64(1));
                // Somebody may have had our number in between: what it wrote is to be heard like any other's.
                if (_committer != 0)
                    _owned.Disown(_committer, found is null ? _sequence : found.Written!.FirstSequence + found.Accepted.Changes.Count - 1);
                _owned.Own(number, sequence);
                _sequence = sequence;
            }

            _committer = number;
            _backend = connection.ProcessID;
            _firstExpiry = 0;
            _connection = connection;
            return found;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private int Claim(NpgsqlConnection connection)
    {
        if (_committer != 0)
        {
            if (TryLock(connection, _committer))
                return _committer;
            if (Holder(connection, _committer) == _backend)
            {
                using var end = new NpgsqlCommand("select pg_terminate_backend($1)", connection);
                end.Parameters.Add(new NpgsqlParameter { Value = _backend });
                end.ExecuteNonQuery();
                throw new NpgsqlException("The backend of the lost connection still lives; it was told to end.");
            }
        }

        for (var number = 1; ; number++)
        {
            if (TryLock(connection, number))
                return number;
        }
    }

    private static bool TryLock(NpgsqlConnection connection, int number)
    {
        using var command = new NpgsqlCommand("select pg_try_advisory_lock($1, $2)", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = Postgres.CommitterLocks });
        command.Parameters.Add(new NpgsqlParameter { Value = number });
        return (bool)command.ExecuteScalar()!;
    }

    private static int? Holder(NpgsqlConnection connection, int number)
    {
        using var command = new NpgsqlCommand(
            """
            select pid from pg_locks where locktype = 'advisory' and classid::bigint = $1 and objid::bigint = $2 and objsubid = 2 and granted
                and database = (select oid from pg_database where datname = current_database())
            """,
            connection);
        command.Parameters.Add(new NpgsqlParameter { Value = (long)Postgres.CommitterLocks });
        command.Parameters.Add(new NpgsqlParameter { Value = (long)number });
        return command.ExecuteScalar() as int?;
    }

    private sealed record UnderWay(Replayed Replayed, Numbers Numbers);
}
