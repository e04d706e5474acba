using System.Data.Common;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Threads that run reads, each with its own connection. So a query never uses a grain's thread, and never waits for the writer. The number of reads that wait
/// is bounded.
/// </summary>
internal sealed class ReadThreads : IDisposable
{
    // A Monitor, not a BlockingCollection: the threads of a BlockingCollection busy-wait before they block, and the grains need the processor.
    private readonly object _lock = new();
    private readonly LinkedList<ReadJob> _jobs = [];
    private readonly Func<DbConnection> _open;
    private readonly int _mostWaiting;
    private readonly Thread[] _threads;
    private bool _isClosed;

    public ReadThreads(Func<DbConnection> open, int threads, string name = "ledger-read", int mostWaiting = Limits.WaitingReads)
    {
        _open = open;
        _mostWaiting = mostWaiting;
        _threads = [.. Enumerable.Range(1, threads).Select(i => new Thread(Work) { IsBackground = true, Name = $"{name}-{i}" })];
        foreach (var thread in _threads)
            thread.Start();
    }

    /// <summary>
    /// Runs a query, and runs the query again when its connection turns out to be broken (the database was restarted since the last use). A read that is
    /// cancelled before it starts is not run; one that has started goes on without its caller, and its result is dropped.
    /// </summary>
    /// <exception cref="LedgerUnreachableException">The database does not answer, or the ledger is closed.</exception>
    /// <exception cref="LedgerBusyException">Too many reads wait.</exception>
    public Task<T> Run<T>(Func<ReadSession, T> query, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromCanceled<T>(cancellation);
        var job = new ReadJob<T>(query, cancellation);
        var node = new LinkedListNode<ReadJob>(job);
        lock (_lock)
        {
            if (_isClosed)
                return Task.FromException<T>(new LedgerUnreachableException("The ledger is closed.", null));
            if (_jobs.Count >= _mostWaiting)
                return Task.FromException<T>(new LedgerBusyException());
            _jobs.AddLast(node);
            Monitor.Pulse(_lock);
        }

        if (cancellation.CanBeCanceled)
            Register(node, cancellation);
        return job.Answer;
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isClosed = true;
            Monitor.PulseAll(_lock);
        }

        foreach (var thread in _threads)
            thread.Join();
    }

    private void Register(LinkedListNode<ReadJob> node, CancellationToken cancellation)
    {
        var registration = cancellation.UnsafeRegister(_ => Cancel(node), null);
        lock (_lock)
        {
            if (!node.Value.IsDone)
            {
                node.Value.Cancellation = registration;
                return;
            }
        }

        registration.Unregister();
    }

    private void Cancel(LinkedListNode<ReadJob> node)
    {
        lock (_lock)
        {
            // Otherwise a thread has taken the read. The driver may take long to give up: only the thread waits for that.
            if (node.List is not null)
                _jobs.Remove(node);
        }

        node.Value.Cancel();
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
                if (job.Run(session, isFresh))
                    continue;
                session?.Dispose();
                session = TryOpen();
                job.Run(session, true);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // The caller gets the exception. The connection may be the cause, so the next read gets a new connection.
                session?.Dispose();
                session = null;
            }
            finally
            {
                End(job);
            }
        }

        session?.Dispose();
    }

    /// <summary>The next read; null when all reads are done and the ledger is closed.</summary>
    private ReadJob? Take()
    {
        lock (_lock)
        {
            while (_jobs.Count == 0 && !_isClosed)
                Monitor.Wait(_lock);
            var job = _jobs.First?.Value;
            if (job is not null)
                _jobs.RemoveFirst();
            return job;
        }
    }

    private void End(ReadJob job)
    {
        lock (_lock)
            job.IsDone = true;
        job.Cancellation.Unregister();
    }

    private ReadSession? TryOpen()
    {
        try
        {
            return new(_open());
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A host name that cannot be resolved throws a socket exception, not a database exception. The read then fails with "The database cannot be
            // reached".
            return null;
        }
    }
}
