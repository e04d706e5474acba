using Microsoft.Extensions.Logging;
using NodaTime;

namespace Scheduler.Ledger;

/// <summary>
/// Writes many changes in few transactions. Each batch contains the changes that arrived while the batch before was written; the committer never waits for more
/// changes. Each change gets its own outcome. A committer has one thread and one connection.
/// </summary>
internal sealed class GroupCommitter : IDisposable
{
    private readonly ICommitStore _store;
    private readonly ILogger _log;
    private readonly BatchRunner _runner;
    private readonly int _batchChanges;
    private readonly int _waitingChanges;
    private readonly object _lock = new();
    private readonly LinkedList<PendingCommit> _waiting = [];
    private readonly Thread _thread;
    private bool _isClosed;

    public GroupCommitter(ICommitStore store, LedgerSettings settings, IClock clock, ChangeFeed feed, ILogger log, string name)
    {
        _store = store;
        _log = log;
        _runner = new(store, settings, clock, feed, log, RefuseWaiting);
        _batchChanges = settings.BatchChanges;
        _waitingChanges = settings.WaitingChanges;
        _thread = new(Run) { IsBackground = true, Name = name };
    }

    public void Start() => _thread.Start();

    /// <summary>
    /// Commits a change; without a change, only sweeps lapsed holds, as many as one batch may sweep. A cancelled token stops a change that waits. After the
    /// committer has taken the change, the token has no effect.
    /// </summary>
    public Task<CommitOutcome> Commit(PreparedChange? change, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
            return Task.FromResult(Cancelled);
        var node = new LinkedListNode<PendingCommit>(new(change));
        lock (_lock)
        {
            if (_isClosed)
                return Task.FromResult<CommitOutcome>(new CommitOutcome.Unavailable("The ledger is closed."));
            if (_waiting.Count >= _waitingChanges)
                return Task.FromResult<CommitOutcome>(new CommitOutcome.Busy());
            _waiting.AddLast(node);
            if (_waiting.Count == 1)
                Monitor.Pulse(_lock);
        }

        if (cancellation.CanBeCanceled)
            Register(node, cancellation);
        return node.Value.Outcome.Task;
    }

    /// <summary>Writes the changes that wait, then ends the thread.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (_isClosed)
                return;
            _isClosed = true;
            Monitor.Pulse(_lock);
        }

        _runner.Close();
        if (_thread.ThreadState != ThreadState.Unstarted)
            _thread.Join();
        _runner.Dispose();
        _store.Dispose();
    }

    private static CommitOutcome Cancelled => new CommitOutcome.Unavailable("The call was cancelled before its change was taken.");

    private void Register(LinkedListNode<PendingCommit> node, CancellationToken cancellation)
    {
        var registration = cancellation.UnsafeRegister(_ => Cancel(node), null);
        lock (_lock)
        {
            if (node.List is not null)
            {
                node.Value.Cancellation = registration;
                return;
            }
        }

        registration.Unregister();
    }

    private void Cancel(LinkedListNode<PendingCommit> node)
    {
        lock (_lock)
        {
            // The committer has taken the change, so the change can no longer be cancelled.
            if (node.List is null)
                return;
            _waiting.Remove(node);
        }

        node.Value.Outcome.TrySetResult(Cancelled);
    }

    private void Run()
    {
        var batch = new List<PendingCommit>(_batchChanges);
        while (Take(batch))
        {
            try
            {
                _runner.Run(batch);
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                // This is a bug. The callers of this batch get an answer, and the committer continues for later callers.
                _log.LogCritical(exception, "The committer failed on a batch of {Changes} changes", batch.Count);
                BatchAnswers.AnswerUnknown(batch, $"The committer failed: {exception.Message}");
            }

            batch.Clear();
        }
    }

    private bool Take(List<PendingCommit> batch)
    {
        lock (_lock)
        {
            while (_waiting.Count == 0 && !_isClosed)
                Monitor.Wait(_lock);
            while (batch.Count < _batchChanges && _waiting.First is { } node)
            {
                _waiting.RemoveFirst();
                batch.Add(node.Value);
            }
        }

        foreach (var pending in batch)
            pending.Cancellation.Unregister();
        return batch.Count > 0;
    }

    /// <summary>Refuses the changes that wait while the database cannot be reached. None of these changes was tried.</summary>
    private void RefuseWaiting(string why)
    {
        List<PendingCommit> all;
        lock (_lock)
        {
            all = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var pending in all)
            pending.Cancellation.Unregister();
        BatchAnswers.Refuse(all, why);
    }
}
