using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Scheduler.Ledger;

/// <summary>
/// Sends the result of a batch to listeners, then to callers. The batch is already on disk, so an exception here must not change the callers' outcomes.
/// </summary>
internal sealed class BatchAnswers(ChangeFeed feed, ILogger log)
{
    /// <param name="part">The callers' changes, in the order in which they were decided.</param>
    /// <param name="replayed">Null when there was nothing to write.</param>
    /// <param name="sweeps">The number of changes that sweep lapsed holds. These changes come first, and have no caller.</param>
    /// <param name="hasMore">Whether more holds may have lapsed than these changes sweep.</param>
    public void Answer(IReadOnlyList<PendingCommit> part, Replayed? replayed, int sweeps, bool hasMore)
    {
        if (replayed?.Written is { } written)
            Publish(replayed.Accepted, written, isAnswered: !part.Any(pending => pending.Outcome.Task.IsCompleted));
        var accepted = replayed?.Refusals.Take(sweeps).Count(refusal => refusal is null) ?? 0;
        var index = sweeps;
        foreach (var pending in part)
        {
            if (pending.Change is not { Change: var change })
            {
                pending.Outcome.TrySetResult(new CommitOutcome.Swept(hasMore));
                continue;
            }

            var outcome = replayed!.Refusals[index++] ?? Committed(change, replayed, accepted++);
            pending.Outcome.TrySetResult(outcome);
        }
    }

    /// <summary>Answers callers whose changes were certainly not written.</summary>
    public static void Refuse(IEnumerable<PendingCommit> part, string why)
    {
        foreach (var pending in part)
            pending.Outcome.TrySetResult(new CommitOutcome.Unavailable(why));
    }

    /// <summary>Answers callers whose changes may have been written.</summary>
    public static void AnswerUnknown(IEnumerable<PendingCommit> part, string why)
    {
        foreach (var pending in part)
            pending.Outcome.TrySetResult(new CommitOutcome.Unknown(why));
    }

    /// <summary>
    /// Publishes a batch. Callers that already got <see cref="CommitOutcome.Unknown"/> receive their changes from the feed, like the changes of another silo.
    /// </summary>
    private void Publish(BatchNet accepted, Written written, bool isAnswered)
    {
        try
        {
            feed.PublishOwn(accepted, written, isAnswered);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The changes are on disk. The callers must still get that outcome, and the committer must continue.
            log.LogError(exception, "The feed could not publish {Changes} committed changes to all listeners", accepted.Changes.Count);
        }
    }

    private static CommitOutcome.Committed Committed(Change change, Replayed replayed, int index)
    {
        var written = replayed.Written!;
        long request = 0;
        foreach (var row in change.Rows)
        {
            if (row is RowWrite.RequestMade made)
                request = written.RequestSequences[made.Request.Id];
        }

        var shortfalls = replayed.Accepted.Shortfalls.TryGetValue(index, out var over) ? over : ImmutableArray<Shortfall>.Empty;
        return new(written.First with { Sequence = written.First.Sequence + index }, shortfalls, request) { Applied = replayed.Applied };
    }
}
