namespace Scheduler.Ledger.Tests;

/// <summary>Calls to a committer with changes as grains hand them in.</summary>
internal static class CommitterCalls
{
    public static Task<CommitOutcome> Commit(this GroupCommitter committer, Change change, CancellationToken cancellation) =>
        committer.Commit(PreparedChange.Of(change), cancellation);
}
