using System.Data;
using System.Data.Common;

namespace Scheduler.Ledger;

/// <summary>One reading connection with its prepared statements. Used by one thread.</summary>
internal sealed class ReadSession(DbConnection connection) : IDisposable
{
    private readonly Dictionary<string, DbCommand> _prepared = [];
    private DbTransaction? _transaction;

    /// <summary>Runs several queries on one moment of the database.</summary>
    public T Snapshot<T>(Func<T> queries)
    {
        using var transaction = connection.BeginTransaction(connection is Npgsql.NpgsqlConnection ? IsolationLevel.RepeatableRead : IsolationLevel.Serializable);
        _transaction = transaction;
        try
        {
            return queries();
        }
        finally
        {
            _transaction = null;
        }
    }

    public List<T> Query<T>(string text, Func<DbDataReader, T> map, params ReadOnlySpan<(string Name, object Value)> parameters)
    {
        var command = Prepared(text, parameters);
        command.Transaction = _transaction;
        foreach (var (name, value) in parameters)
            command.Parameters[name].Value = value;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(map(reader));
        return rows;
    }

    /// <summary>Whether the connection still stands.</summary>
    public bool IsOpen => connection.State == ConnectionState.Open;

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private DbCommand Prepared(string text, ReadOnlySpan<(string Name, object Value)> parameters)
    {
        if (_prepared.TryGetValue(text, out var known))
            return known;
        var command = connection.CreateCommand();
        command.CommandText = text;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value;
            command.Parameters.Add(parameter);
        }

        _prepared.Add(text, command);
        return command;
    }
}

/// <summary>Threads that read, each on a connection of its own: a query never holds a grain's thread, and never waits for the writer.</summary>
internal sealed class ReadThreads : IDisposable
{
    // Threads that wait here must not spin first, as those of a BlockingCollection do: the processor is the grains'.
    private readonly object _gate = new();
    private readonly Queue<Func<ReadSession?, bool, bool>> _jobs = new();
    private readonly Func<DbConnection> _open;
    private readonly Thread[] _threads;
    private bool _isClosed;

    public ReadThreads(Func<DbConnection> open, int threads)
    {
        _open = open;
        _threads = [.. Enumerable.Range(1, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"ledger-read-{i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>
    /// Runs a query, once more when its connection turns out to be gone (the database was restarted since it was last used). Throws <see cref="LedgerUnreachableException"/> when the
    /// database does not answer.
    /// </summary>
    public Task<T> Run<T>(Func<ReadSession, T> query)
    {
        var done = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_isClosed)
                return Task.FromException<T>(new LedgerUnreachableException("The ledger is closed.", null));
            _jobs.Enqueue((session, isFresh) => Complete(done, query, session, isFresh));
            Monitor.Pulse(_gate);
        }

        return done.Task;
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.PulseAll(_gate);
        }

        foreach (var thread in _threads)
            thread.Join();
    }

    /// <summary>False when it is to be asked again on a fresh connection.</summary>
    private static bool Complete<T>(TaskCompletionSource<T> done, Func<ReadSession, T> query, ReadSession? session, bool isFresh)
    {
        if (session is null)
        {
            done.SetException(new LedgerUnreachableException("The database cannot be reached.", null));
            return true;
        }

        try
        {
            done.SetResult(query(session));
            return true;
        }
        catch (Exception exception) when (!isFresh && exception is not OutOfMemoryException && !session.IsOpen)
        {
            return false;
        }
        catch (Exception exception) when (exception is DbException || !session.IsOpen)
        {
            // Of a connection that broke while nobody used it the driver tells in words of its own, not as a database's answer.
            done.SetException(new LedgerUnreachableException($"The database did not answer: {exception.Message}", exception));
            throw;
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            done.SetException(exception);
            throw;
        }
    }

    private void Work()
    {
        ReadSession? session = null;
        while (Take() is { } job)
        {
            try
            {
                var isFresh = session is null;
                session ??= TryOpen();
                if (job(session, isFresh))
                    continue;
                session?.Dispose();
                session = TryOpen();
                job(session, true);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // Its asker was told. The connection may be the cause: the next job gets a fresh one.
                session?.Dispose();
                session = null;
            }
        }

        session?.Dispose();
    }

    /// <summary>The next job; null when all are done and no more will come.</summary>
    private Func<ReadSession?, bool, bool>? Take()
    {
        lock (_gate)
        {
            while (_jobs.Count == 0 && !_isClosed)
                Monitor.Wait(_gate);
            return _jobs.TryDequeue(out var job) ? job : null;
        }
    }

    private ReadSession? TryOpen()
    {
        try
        {
            return new(_open());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A name that does not resolve throws as a socket does, not as a database. Answered as unreachable, by the job itself.
            return null;
        }
    }
}

/// <summary>The database does not answer. Come back.</summary>
public sealed class LedgerUnreachableException(string why, Exception? cause) : Exception(why, cause);
