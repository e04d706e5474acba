using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Commits one batch. First the net effect is written under guards. When a guard fails, the changes are replayed under lock. When the database refuses the
/// whole batch, each change is written alone. Each change gets its own outcome, and listeners receive the change before its caller gets the outcome. Writing
/// and answering are separate steps, so an exception after the commit is not treated as a failure of the commit.
/// </summary>
internal sealed class BatchRunner(
    ICommitStore store, LedgerSettings settings, IClock clock, ChangeFeed feed, ILogger log, Action<string> refuseWaiting) : IDisposable
{
    private readonly BatchAnswers _answers = new(feed, log);
    private readonly HoldSweeper _sweeper = new(store, clock, log);
    private readonly Reconnection _reconnection = new(store, settings.Time, log);
    private IReadOnlyList<PendingCommit> _batch = [];
    private string? _stopped;

    private enum Step
    {
        /// <summary>Every change of this part of the batch has an outcome.</summary>
        Answered,

        /// <summary>The connection was lost, and nothing of the part is in the ledger.</summary>
        TryAgain,

        /// <summary>A guard failed, or the database refused the transaction: nothing of the part is in the ledger.</summary>
        RolledBack,
    }

    /// <summary>From now on the runner does not wait for a database that cannot be reached.</summary>
    public void Close() => _reconnection.Close();

    public void Dispose() => _reconnection.Dispose();

    public void Run(IReadOnlyList<PendingCommit> batch)
    {
        _batch = batch;
        for (var from = 0; from < batch.Count;)
        {
            // A change of the catalogue, of capacities or of plans is written alone, because such a change reads many rows and is rare. So is the
            // correction of a pack, because the guards of a batch compare the vouchers with the quantity from before the batch.
            var to = from + 1;
            var alone = IsRare(batch[from]);
            while (!alone && to < batch.Count && !IsRare(batch[to]))
                to++;
            // While the database could not be reached for an earlier part, the callers of later changes were answered. These changes must not be written now.
            PendingCommit[] part = [.. batch.Skip(from).Take(to - from).Where(pending => !pending.Outcome.Task.IsCompleted)];
            if (part.Length > 0)
                Commit(part, alone);
            from = to;
        }
    }

    private static bool IsRare(PendingCommit pending)
    {
        if (pending.Change is not { Change: var change })
            return false;
        if (change.Application is not null)
            return true;
        foreach (var row in change.Rows)
        {
            if (row is RowWrite.CataloguePut or RowWrite.CatalogueUnchanged or RowWrite.NothingRests or RowWrite.CapacitySet
                or RowWrite.PackChanged or RowWrite.PlanPut or RowWrite.PlanFile or RowWrite.PlanFilesRemoved or RowWrite.PlanReasons
                or RowWrite.SittingsRefused or RowWrite.PrivatePut)
                return true;
        }

        return false;
    }

    private void Commit(IReadOnlyList<PendingCommit> part, bool alone)
    {
        while (!IsStopped(part))
        {
            var step = alone ? Step.RolledBack : TryNetted(part);
            if (step == Step.RolledBack)
                step = TryReplay(part);
            if (step == Step.Answered)
                return;
            if (step == Step.RolledBack)
            {
                OneByOne(part);
                return;
            }
        }
    }

    private Step TryNetted(IReadOnlyList<PendingCommit> part)
    {
        try
        {
            // A call without a change must know exactly which holds have lapsed.
            PreparedChange[] sweeps = [.. _sweeper.Sweeps(exact: part.Any(pending => pending.Change is null))];
            var net = BatchNet.Of([.. sweeps, .. Changes(part)]);
            if (net.HasConflict)
                return Step.RolledBack;
            var written = net.Changes.Count == 0 ? null : store.TryWrite(net);
            if (net.Changes.Count > 0 && written is null)
                return Step.RolledBack;
            _answers.Answer(part, Replayed.Whole(net, written), sweeps.Length, _sweeper.HasMore);
            return Step.Answered;
        }
        catch (Exception exception)
        {
            return Overcome(exception, part, isLastTry: false);
        }
    }

    private Step TryReplay(IReadOnlyList<PendingCommit> part)
    {
        var sweeps = -1;
        try
        {
            PreparedChange[] lapsed = [.. _sweeper.Sweeps(exact: true)];
            sweeps = lapsed.Length;
            Write(part, lapsed);
            return Step.Answered;
        }
        catch (Exception exception)
        {
            return Overcome(exception, part, isLastTry: part.Count == 1 && sweeps == 0);
        }
    }

    /// <summary>
    /// Commits each change alone, so that a change which the database refuses does not fail the other changes. A hold that cannot be swept is skipped for a
    /// minute, so that the hold does not fail every later batch.
    /// </summary>
    private void OneByOne(IReadOnlyList<PendingCommit> part)
    {
        foreach (var hold in _sweeper.LapsedOrNone())
        {
            if (IsRefused(new(LapsedHold.Sweep(hold, clock.GetCurrentInstant()))))
                _sweeper.Pause(hold);
        }

        foreach (var pending in part)
            IsRefused(pending);
    }

    /// <summary>Commits one change; true when the database refused this very change.</summary>
    private bool IsRefused(PendingCommit pending)
    {
        while (!pending.Outcome.Task.IsCompleted && !IsStopped([pending]))
        {
            try
            {
                Write([pending], []);
            }
            catch (Exception exception)
            {
                var isRolledBack = store.Classify(exception) is StoreFailure.RolledBack or StoreFailure.InDoubt;
                if (Overcome(exception, [pending], isLastTry: true) == Step.Answered)
                    return isRolledBack;
            }
        }

        return false;
    }

    private void Write(IReadOnlyList<PendingCommit> part, PreparedChange[] sweeps)
    {
        PreparedChange[] all = [.. sweeps, .. Changes(part)];
        _answers.Answer(part, all.Length == 0 ? null : store.Replay(all), sweeps.Length, _sweeper.HasMore);
    }

    /// <summary>Handles an exception of the store and returns the next step. On the last try, a change that was rolled back is refused.</summary>
    private Step Overcome(Exception exception, IReadOnlyList<PendingCommit> part, bool isLastTry)
    {
        switch (store.Classify(exception))
        {
            case StoreFailure.Fatal:
                _stopped = $"The ledger's disk failed: {exception.Message}";
                log.LogCritical(exception, "The ledger's disk failed. The process stops, since the disk might not store the next changes");
                settings.Stop(_stopped);
                BatchAnswers.AnswerUnknown(part, _stopped);
                return Step.Answered;
            case StoreFailure.ConnectionLost:
                log.LogWarning(exception, "The connection to the ledger was lost");
                return Reconnect(part) ? Step.Answered : Step.TryAgain;
            case StoreFailure.InDoubt:
                log.LogError(exception, "The outcome of {Changes} changes is not known; the ledger connects again and looks up the changes", part.Count);
                if (Reconnect(part))
                    return Step.Answered;
                break;
            case StoreFailure.Refused:
                log.LogError(exception, "The database refused {Changes} changes", part.Count);
                BatchAnswers.Refuse(part, exception.Message);
                return Step.Answered;
            case StoreFailure.RolledBack:
                log.LogWarning(exception, "The database refused a transaction of {Changes} changes", part.Count);
                break;
            default:
                throw new UnreachableException();
        }

        if (isLastTry && _stopped is null)
        {
            BatchAnswers.Refuse(part, exception.Message);
            return Step.Answered;
        }

        return Step.RolledBack;
    }

    /// <summary>
    /// Connects again, without a time limit. Returns false when no change of the part is in the ledger and some changes still wait for an outcome. The result
    /// of changes in doubt is looked up even after their callers were answered, because the feed must publish the written changes.
    /// </summary>
    private bool Reconnect(IReadOnlyList<PendingCommit> part)
    {
        var replayed = _reconnection.Recover(
            why =>
            {
                refuseWaiting(why);
                // All other changes of the batch were answered before, or were certainly not written.
                BatchAnswers.Refuse(_batch.Except(part), why);
                if (!store.IsInDoubt)
                    BatchAnswers.Refuse(part, why);
            },
            why => BatchAnswers.AnswerUnknown(part, why),
            out _stopped);
        if (replayed is not null)
            _answers.Answer(part, replayed, replayed.All.Count - part.Count(pending => pending.Change is not null), _sweeper.HasMore);
        return replayed is not null || part.All(pending => pending.Outcome.Task.IsCompleted);
    }

    /// <summary>Whether the ledger has stopped. After a stop, changes that were not tried are refused.</summary>
    private bool IsStopped(IReadOnlyList<PendingCommit> part)
    {
        if (_stopped is null)
            return false;
        BatchAnswers.Refuse(part, _stopped);
        return true;
    }

    private static IEnumerable<PreparedChange> Changes(IReadOnlyList<PendingCommit> part) =>
        part.Where(pending => pending.Change is not null).Select(pending => pending.Change!);
}
