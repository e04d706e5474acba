using System.Data;
using Microsoft.Data.Sqlite;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The single writer of a SQLite ledger.</summary>
internal sealed class SqliteStore : ICommitStore
{
    // SQLite's result codes.
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    private const long Committer = 1;
    private readonly SqliteConnection _connection;
    private readonly SqliteWriter _writer;
    private readonly SqliteStatement _begin, _commit, _rollback;
    private readonly SqliteCommand _lapsed;
    private readonly SqliteCheckpoint _checkpoint;
    private readonly SqliteView _view;
    private long _sequence;
    private long _requestSequence;

    public SqliteStore(SqliteConnection connection, int checkpointPages = SqliteCheckpoint.Pages)
    {
        _connection = connection;
        _checkpoint = new(connection, checkpointPages);
        _writer = new(connection);
        _view = new(connection);
        _begin = new(connection, "begin immediate", 0);
        _commit = new(connection, "commit", 0);
        _rollback = new(connection, "rollback", 0);
        _lapsed = connection.CreateCommand();
        _lapsed.CommandText =
            $"""
            select {RowReader.HoldColumns} from holds where status = 'held' and expires_at <= $now
            order by expires_at, id limit {LapsedHold.MostPerBatch}
            """;
        _lapsed.Parameters.AddWithValue("$now", 0L);
        _lapsed.Prepare();
        _sequence = Scalar("select coalesce(max(sequence), 0) from changes");
        _requestSequence = Scalar("select coalesce(max(sequence), 0) from requests");
    }

    /// <summary>A SQLite ledger has no connection to lose.</summary>
    public bool IsInDoubt => false;

    public IReadOnlyList<Hold> LapsedHolds(Instant now, bool exact)
    {
        _lapsed.Parameters[0].Value = RowText.Ticks(now);
        using var reader = _lapsed.ExecuteReader();
        var holds = new List<Hold>();
        while (reader.Read())
            holds.Add(RowReader.Hold(reader));
        return holds;
    }

    public Written? TryWrite(BatchNet net)
    {
        Written? written;
        _begin.Execute();
        try
        {
            written = Write(net);
            if (written is null)
            {
                _rollback.Execute();
                return null;
            }

            _commit.Execute();
            Advance(net, written);
        }
        catch
        {
            RollBack();
            throw;
        }

        _checkpoint.RunWhenDue();
        return written;
    }

    public Replayed Replay(IReadOnlyList<PreparedChange> changes)
    {
        Replayed replayed;
        _begin.Execute();
        try
        {
            replayed = ReplaySteps.Of(changes, _view.Read(changes), Write);
            _commit.Execute();
            if (replayed.Written is { } written)
                Advance(replayed.Accepted, written);
        }
        catch
        {
            RollBack();
            throw;
        }

        _checkpoint.RunWhenDue();
        return replayed;
    }

    public StoreFailure Classify(Exception exception) => exception is SqliteException { SqliteErrorCode: var code }
        ? code switch
        {
            IoError or Corrupt or NotADatabase => StoreFailure.Fatal,
            Busy or Locked or Full or ReadOnly or CannotOpen => StoreFailure.Refused,
            _ => StoreFailure.RolledBack,
        }
        : exception is CheckpointFailedException ? StoreFailure.Fatal : StoreFailure.RolledBack;

    public Replayed? Recover() => throw new NotSupportedException("A SQLite ledger has no connection to lose.");

    public void Dispose()
    {
        _writer.Dispose();
        _view.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _lapsed.Dispose();
        _connection.Dispose();
    }

    private Written? Write(BatchNet net)
    {
        var requests = new Dictionary<RequestId, long>();
        foreach (var (request, isNew) in net.Requests)
        {
            if (isNew)
                requests.Add(request.Id, _requestSequence + requests.Count + 1);
        }

        return _writer.Write(net, _sequence + 1, requests) is { } slots ? new(new(Committer, _sequence + 1), slots, requests) : null;
    }

    private void Advance(BatchNet net, Written written)
    {
        _sequence += net.Changes.Count;
        _requestSequence += written.RequestSequences.Count;
    }

    private void RollBack()
    {
        // After some errors SQLite has already rolled back; then there is no open transaction.
        if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
            _rollback.Execute();
    }

    private long Scalar(string text)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = text;
        return (long)command.ExecuteScalar()!;
    }
}
