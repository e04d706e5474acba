using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What a transaction came to, with all changes that it decided: sweeps first, then those of the callers.</summary>
internal sealed record Settled(Replayed? Replayed, IReadOnlyList<Change> All)
{
    /// <summary>There was nothing to write.</summary>
    public static Settled Nothing { get; } = new(null, []);
}

/// <summary>Tells listeners, then callers, what became of a batch. By then it is on disk: whatever fails here changes nothing of that, and no caller may hear otherwise.</summary>
internal sealed class BatchAnswers(ChangeFeed feed, ILogger log)
{
    public void Give(IReadOnlyList<Waiting> part, Settled settled)
    {
        var (replayed, all) = settled;
        if (replayed?.Written is { } written)
            Publish(replayed.Accepted, written, isAnswered: !part.Any(waiting => waiting.Outcome.Task.IsFaulted));
        // Sweeps stand first, and nobody waits for them.
        var at = 0;
        var sequence = replayed?.Written?.FirstSequence ?? 0;
        var accepted = 0;
        var sweeps = all.Count - part.Count(waiting => waiting.Change is not null);
        for (; at < sweeps; at++)
            accepted += replayed!.Refusals[at] is null ? 1 : 0;
        foreach (var waiting in part)
        {
            if (waiting.Change is not { } change)
            {
                waiting.Outcome.TrySetResult(new CommitOutcome.Committed(0, [], 0));
                continue;
            }

            var outcome = replayed!.Refusals[at++] ?? Committed(change, replayed, sequence + accepted, accepted++);
            waiting.Outcome.TrySetResult(outcome);
        }
    }

    /// <summary>It is certain that nothing of these was written.</summary>
    public static void Refuse(IReadOnlyList<Waiting> part, string why)
    {
        foreach (var waiting in part)
            waiting.Outcome.TrySetResult(new CommitOutcome.Unavailable(why));
    }

    /// <summary>The database went away while these were on their way to it.</summary>
    public static void Doubt(IReadOnlyList<Waiting> part, Exception cause)
    {
        foreach (var waiting in part)
            waiting.Outcome.TrySetException(new LedgerUnreachableException("The database cannot be reached; whether the change was written is not known.", cause));
    }

    /// <summary>What its callers were told is not known is news to them as another silo's change would be.</summary>
    private void Publish(BatchNet accepted, Written written, bool isAnswered)
    {
        try
        {
            feed.PublishOwn(accepted, written, isAnswered);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // The changes are on disk: a fault in telling of them must not make their callers, or the committer, believe otherwise.
            log.LogError(exception, "{Changes} committed changes could not be told to all who listen", accepted.Changes.Count);
        }
    }

    private static CommitOutcome.Committed Committed(Change change, Replayed replayed, long sequence, int index)
    {
        long request = 0;
        foreach (var row in change.Rows)
        {
            if (row is RowWrite.RequestMade made)
                request = replayed.Written!.RequestSequences[made.Request.Id];
        }

        return new(sequence, replayed.Accepted.Shortfalls.TryGetValue(index, out var over) ? over : ImmutableArray<Shortfall>.Empty, request);
    }
}
