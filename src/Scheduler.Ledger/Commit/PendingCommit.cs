namespace Scheduler.Ledger;

/// <summary>A change that waits for its outcome. Without a change: a call that only sweeps lapsed holds.</summary>
internal sealed record PendingCommit(PreparedChange? Change)
{
    // Continuations run on other threads, so that the committer's thread can write the next batch.
    public TaskCompletionSource<CommitOutcome> Outcome { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Valid while the change waits. Removed when the committer takes the change or the caller cancels the change.</summary>
    public CancellationTokenRegistration Cancellation { get; set; }
}
