using System.Collections.Immutable;
using System.Data;
using NodaTime;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The store of one committer of a shared ledger: a connection, and a number that no other committer has as long as the connection is open.</summary>
internal sealed class PostgresStore : ICommitStore
{
    private readonly string _connectionString;
    private readonly Positions _positions;
    private readonly IOwnNumbers _owned;
    private NpgsqlConnection? _connection;
    private (int Number, int Backend)? _committer;
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

    public IReadOnlyList<Hold> LapsedHolds(Instant now, bool exact)
    {
        // The last batch read the first expiry of all holds. A hold that another silo has made after that reading lives longer than a batch takes. When a batch
        // lacks seats of a lapsed hold, the batch is replayed, and the replay reads the lapsed holds exactly.
        if (!exact && (_firstExpiry is not { } first || first > RowText.Ticks(now)))
            return [];
        using var command = new NpgsqlCommand(
            $"""
            select {RowReader.HoldColumns} from holds where status = 'held' and expires_at <= $1
            order by expires_at, id limit {LapsedHold.MostPerBatch}
            """,
            Connection);
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
        _underWay = new(Replayed.Whole(net, null), numbers);
        try
        {
            using var trip = new RoundTrip(Connection);
            return Done(net, numbers, Write(trip, net, numbers));
        }
        catch (PostgresException exception) when (PostgresErrors.IsGuardFailed(exception))
        {
            _underWay = null;
            return null;
        }
    }

    public Replayed Replay(IReadOnlyList<PreparedChange> changes)
    {
        using var transaction = Connection.BeginTransaction(IsolationLevel.ReadCommitted);
        Numbers? numbers = null;
        ReplayView view = PostgresView.Read(Connection, transaction, changes);
        var replayed = ReplaySteps.Of(changes, view, net =>
        {
            numbers = NumbersFor(net, transaction);
            using var trip = new RoundTrip(Connection, transaction);
            return new(numbers.Start, Write(trip, net, numbers), numbers.Requests);
        });
        if (numbers is null)
            return replayed;
        _underWay = new(replayed, numbers);
        transaction.Commit();
        Done(replayed.Accepted, numbers, []);
        return replayed;
    }

    public StoreFailure Classify(Exception exception)
    {
        var failure = PostgresErrors.Classify(exception, _connection, isUnderWay: _underWay is not null);
        if (failure is not (StoreFailure.ConnectionLost or StoreFailure.InDoubt) || PostgresErrors.IsSessionLost(exception))
            _underWay = null;
        return failure;
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

    /// <summary>
    /// The transaction whose answer was lost; null when the transaction is not in the ledger. It cannot be written later, since its backend has ended.
    /// </summary>
    private static Replayed? Find(NpgsqlConnection connection, UnderWay underWay)
    {
        using var command = new NpgsqlCommand("select batch from changes where committer = $1 and sequence = $2", connection);
        command.Parameters.Add(new NpgsqlParameter { Value = underWay.Numbers.Committer });
        command.Parameters.Add(new NpgsqlParameter { Value = underWay.Numbers.First });
        if (command.ExecuteScalar() is not long batch || batch != underWay.Numbers.Batch)
            return null;
        var net = underWay.Replayed.Accepted;
        var slots = PostgresSlots.Read(connection, [.. net.Slots.Select(slot => slot.Slot), .. net.Capacities.Select(row => row.Slot)]);
        return underWay.Replayed with { Written = new(underWay.Numbers.Start, slots, underWay.Numbers.Requests) };
    }

    private ImmutableArray<SlotSeats> Write(RoundTrip trip, BatchNet net, Numbers numbers)
    {
        PostgresGuards.AddSession(trip, _committer!.Value.Backend);
        PostgresGuards.Add(trip, net);
        PostgresWriter.AddRows(trip, net, numbers);
        PostgresRareWriter.Add(trip, net, numbers);
        // The slots' rows are locked until the commit, so these values, and the holds in the slots, are the values at the commit.
        PostgresSlots.AddRead(trip, [.. net.Slots.Select(slot => slot.Slot), .. net.Capacities.Select(row => row.Slot)]);
        trip.Add("select min(expires_at) as first_expiry from holds where status = 'held'");
        using var reader = trip.Read();
        var slots = ImmutableArray.CreateBuilder<SlotSeats>();
        var first = _firstExpiry;
        // Reads all results, so that an error of any statement is thrown here.
        do
        {
            if (reader.FieldCount == PostgresSlots.ColumnCount)
            {
                while (reader.Read())
                    slots.Add(PostgresSlots.Read(reader));
            }
            else if (reader.FieldCount == 1 && reader.GetName(0) == "first_expiry" && reader.Read())
            {
                first = reader.IsDBNull(0) ? null : reader.GetInt64(0);
            }
        }
        while (reader.NextResult());
        _firstExpiry = first;
        return slots.ToImmutable();
    }

    private Written Done(BatchNet net, Numbers numbers, ImmutableArray<SlotSeats> slots)
    {
        _underWay = null;
        _sequence += net.Changes.Count;
        return new(numbers.Start, slots, numbers.Requests);
    }

    private Numbers NumbersFor(BatchNet net, NpgsqlTransaction? transaction)
    {
        var committer = _committer!.Value.Number;
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

        long[] positions = [.. net.Changes.Select(change => _positions.Next(RowText.Ticks(change.Record.At), committer))];
        return new(committer, _sequence + 1, Random.Shared.NextInt64(), positions, requests);
    }

    /// <summary>
    /// Connects and takes a number. Then looks up the transaction that was running: when the number is taken, the transaction's backend has ended.
    /// </summary>
    private Replayed? Connect()
    {
        var connection = new NpgsqlConnection(_connectionString);
        try
        {
            connection.Open();
            var backend = SessionCheck.Run(connection, _connectionString);
            var number = CommitterLock.Take(connection, _committer);
            var found = _underWay is { } underWay ? Find(connection, underWay) : null;
            using var trip = new RoundTrip(connection)
                .Add("insert into committers (id) values ($1) on conflict do nothing", number)
                .Add("select coalesce(max(sequence), 0), coalesce(max(position), 0) from changes where committer = $1", number);
            using (var reader = trip.Read())
            {
                reader.Read();
                var sequence = reader.GetInt64(0);
                _positions.Observe(reader.GetInt64(1));
                // Another process may have had this number in the meantime. The feed must read the changes of that process.
                if (_committer is { } last)
                    _owned.Disown(last.Number, found is null ? _sequence : found.Written!.First.Sequence + found.Accepted.Changes.Count - 1);
                _owned.Own(number, sequence);
                _sequence = sequence;
            }

            _committer = (number, backend);
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

    private sealed record UnderWay(Replayed Replayed, Numbers Numbers);
}
