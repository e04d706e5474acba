using System.Data;
using Microsoft.Data.Sqlite;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The one writer of a SQLite ledger.</summary>
internal sealed class SqliteStore : ICommitStore
{
    // SQLite's result codes.
    private const int Busy = 5, Locked = 6, ReadOnly = 8, IoError = 10, Corrupt = 11, Full = 13, CannotOpen = 14, NotADatabase = 26;
    private readonly SqliteConnection _connection;
    private readonly SqliteWriter _writer;
    private readonly SqliteStatement _begin, _commit, _rollback;
    private readonly SqliteCommand _due;
    private readonly SqliteView _view;
    private long _sequence;
    private long _requestSequence;

    public SqliteStore(SqliteConnection connection)
    {
        _connection = connection;
        _writer = new(connection);
        _view = new(connection);
        _begin = new(connection, "begin immediate", 0);
        _commit = new(connection, "commit", 0);
        _rollback = new(connection, "rollback", 0);
        _due = connection.CreateCommand();
        _due.CommandText = $"select {RowReader.HoldColumns} from holds where status = 'held' and expires_at <= $now order by expires_at, id limit 1000";
        _due.Parameters.AddWithValue("$now", 0L);
        _due.Prepare();
        _sequence = Scalar("select coalesce(max(sequence), 0) from changes");
        _requestSequence = Scalar("select coalesce(max(sequence), 0) from requests");
    }

    /// <summary>A SQLite ledger has no connection to lose.</summary>
    public bool IsInDoubt => false;

    public IReadOnlyList<Hold> Due(Instant now, bool exact)
    {
        _due.Parameters[0].Value = RowText.Ticks(now);
        using var reader = _due.ExecuteReader();
        var holds = new List<Hold>();
        while (reader.Read())
            holds.Add(RowReader.Hold(reader));
        return holds;
    }

    public Written? TryWrite(BatchNet net)
    {
        _begin.Execute();
        try
        {
            var written = Write(net);
            if (written is null)
            {
                _rollback.Execute();
                return null;
            }

            _commit.Execute();
            Advance(net, written);
            return written;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public Replayed Replay(IReadOnlyList<Change> changes)
    {
        _begin.Execute();
        try
        {
            var replayed = ReplayOnce.Of(changes, _view.Read(changes), Write);
            _commit.Execute();
            if (replayed.Written is { } written)
                Advance(replayed.Accepted, written);
            return replayed;
        }
        catch
        {
            RollBack();
            throw;
        }
    }

    public Trouble Judge(Exception exception) => exception is SqliteException { SqliteErrorCode: var code }
        ? code switch
        {
            IoError or Corrupt or NotADatabase => Trouble.Fatal,
            Busy or Locked or Full or ReadOnly or CannotOpen => Trouble.Refused,
            _ => Trouble.Rolled,
        }
        : Trouble.Rolled;

    public Replayed? Recover() => throw new NotSupportedException("A SQLite ledger has no connection to lose.");

    public void Dispose()
    {
        _writer.Dispose();
        _view.Dispose();
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
        _due.Dispose();
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

        return _writer.Write(net, _sequence + 1, requests) is { } slots ? new(_sequence + 1, slots, requests) : null;
    }

    private void Advance(BatchNet net, Written written)
    {
        _sequence += net.Changes.Count;
        _requestSequence += written.RequestSequences.Count;
    }

    private void RollBack()
    {
        // SQLite has rolled back by itself after some errors; then there is no transaction to end.
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

/// <summary>The steps of a replay inside an open transaction, the same for both databases.</summary>
internal static class ReplayOnce
{
    public static Replayed Of(IReadOnlyList<Change> changes, ReplayView view, Func<BatchNet, Written?> write)
    {
        var decided = Ledger.Replay.Decide(view, changes);
        var accepted = new List<Change>(changes.Count);
        var shortfalls = new Dictionary<int, System.Collections.Immutable.ImmutableArray<Shortfall>>();
        for (var i = 0; i < changes.Count; i++)
        {
            if (decided.Refusals[i] is not null)
                continue;
            if (decided.Shortfalls.TryGetValue(i, out var over))
                shortfalls.Add(accepted.Count, over);
            accepted.Add(changes[i]);
        }

        var net = BatchNet.Of(accepted);
        net.Capacities = decided.Capacities;
        net.Shortfalls = shortfalls;
        return new(decided.Refusals, net, accepted.Count == 0 ? null : write(net) ?? throw new GuardFailedUnderLock()) { All = changes };
    }
}
