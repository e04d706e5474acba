using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A change that waits for its outcome.</summary>
internal sealed record Waiting(Change? Change)
{
    // Continuations run elsewhere: the committer's thread has the next batch to write.
    public TaskCompletionSource<CommitOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>
/// Turns many changes into few transactions: it takes whatever arrived while it wrote the last batch, waits for nobody, and answers each change for itself. One thread, one connection.
/// </summary>
internal sealed class GroupCommitter : IDisposable
{
    private readonly ICommitStore _store;
    private readonly ILogger _log;
    private readonly BatchRunner _runner;
    private readonly int _batchChanges;
    private readonly int _waitingChanges;
    private readonly object _gate = new();
    private readonly Queue<Waiting> _waiting = new();
    private readonly Thread _thread;
    private bool _isClosed;

    public GroupCommitter(ICommitStore store, LedgerSettings settings, IClock clock, ChangeFeed feed, ILogger log, string name)
    {
        _store = store;
        _log = log;
        _runner = new(store, settings, clock, feed, log, DrainUnavailable);
        _batchChanges = settings.BatchChanges;
        _waitingChanges = settings.WaitingChanges;
        _thread = new(Run) { IsBackground = true, Name = name };
    }

    public void Start() => _thread.Start();

    public Task<CommitOutcome> Commit(Change? change)
    {
        var waiting = new Waiting(change);
        lock (_gate)
        {
            if (_isClosed)
                return Task.FromResult<CommitOutcome>(new CommitOutcome.Unavailable("The ledger is closed."));
            if (_waiting.Count >= _waitingChanges)
                return Task.FromResult<CommitOutcome>(new CommitOutcome.Busy());
            _waiting.Enqueue(waiting);
            if (_waiting.Count == 1)
                Monitor.Pulse(_gate);
        }

        return waiting.Outcome.Task;
    }

    /// <summary>Writes what waits, then ends.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            Monitor.Pulse(_gate);
        }

        _runner.Close();
        if (_thread.ThreadState != ThreadState.Unstarted)
            _thread.Join();
        _runner.Dispose();
        _store.Dispose();
    }

    private void Run()
    {
        var batch = new List<Waiting>(_batchChanges);
        while (Take(batch))
        {
            try
            {
                _runner.Run(batch);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // A bug, whatever it is: those of this batch hear of it, and nobody after them waits for a committer that has ended.
                _log.LogCritical(exception, "The committer failed on a batch of {Changes} changes", batch.Count);
                foreach (var waiting in batch)
                    waiting.Outcome.TrySetException(exception);
            }

            batch.Clear();
        }
    }

    private bool Take(List<Waiting> batch)
    {
        lock (_gate)
        {
            while (_waiting.Count == 0 && !_isClosed)
                Monitor.Wait(_gate);
            while (batch.Count < _batchChanges && _waiting.TryDequeue(out var waiting))
                batch.Add(waiting);
            return batch.Count > 0;
        }
    }

    /// <summary>While the database is away, those that wait are told so instead of piling up; nothing of theirs was tried.</summary>
    private void DrainUnavailable(string why)
    {
        List<Waiting> all;
        lock (_gate)
        {
            all = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var waiting in all)
            waiting.Outcome.TrySetResult(new CommitOutcome.Unavailable(why));
    }
}
