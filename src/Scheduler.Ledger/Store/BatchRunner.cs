using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// One batch on its way: netted under guards; if a guard fails, replayed under lock; if the database itself objects, change by change. Each change gets its own outcome,
/// listeners hear before callers do. Writing and answering are apart: once a transaction has committed, nothing that fails afterwards is taken for its failure.
/// </summary>
internal sealed class BatchRunner(ICommitStore store, LedgerSettings settings, IClock clock, ChangeFeed feed, ILogger log, Action<string> drain) : IDisposable
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    // A restart of the database is over by then, and its callers get a true answer.
    private static readonly TimeSpan _longestDoubt = TimeSpan.FromSeconds(5);
    private readonly BatchAnswers _answers = new(feed, log);
    private readonly Sweeping _sweeping = new(store, clock, log);
    private readonly CancellationTokenSource _closing = new();
    private string? _dead;

    /// <summary>No more waiting for a database that is away.</summary>
    public void Close() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();

    public void Run(IReadOnlyList<Waiting> batch)
    {
        var from = 0;
        while (from < batch.Count)
        {
            // A change of the operator's things or of capacities goes alone: it reads much, and is rare.
            var to = from + 1;
            var alone = IsSpecial(batch[from]);
            while (!alone && to < batch.Count && !IsSpecial(batch[to]))
                to++;
            Settle([.. batch.Skip(from).Take(to - from)], alone);
            from = to;
        }
    }

    private static bool IsSpecial(Waiting waiting)
    {
        if (waiting.Change is not { } change)
            return false;
        foreach (var row in change.Rows)
        {
            if (row is RowWrite.CataloguePut or RowWrite.KeyRevoked or RowWrite.CapacitySet)
                return true;
        }

        return false;
    }

    private void Settle(IReadOnlyList<Waiting> part, bool replay)
    {
        var isAnswered = false;
        while (!isAnswered)
        {
            if (_dead is not null)
            {
                Fail(part);
                return;
            }

            isAnswered = Try(part, replay);
        }
    }

    /// <summary>False when the connection was lost and nothing of it is in the ledger: it is to be tried again.</summary>
    private bool Try(IReadOnlyList<Waiting> part, bool replay)
    {
        Settled? settled = null;
        try
        {
            settled = replay ? null : WriteNetted(part);
        }
        catch (Exception exception) when (store.Judge(exception) == Trouble.Rolled)
        {
            log.LogWarning(exception, "A batch of {Changes} changes was refused by the database; each is tried by what it finds", part.Count);
        }
        catch (Exception exception)
        {
            return Overcome(exception, part);
        }

        if (settled is null)
        {
            var sweeps = -1;
            try
            {
                Change[] due = [.. _sweeping.Changes(exact: true)];
                sweeps = due.Length;
                settled = WriteReplayed([.. due, .. Changes(part)]);
            }
            catch (Exception exception) when (store.Judge(exception) == Trouble.Rolled && (part.Count > 1 || sweeps != 0))
            {
                log.LogWarning(exception, "A batch of {Changes} changes was refused again; now one by one", part.Count);
                OneByOne(part);
                return true;
            }
            catch (Exception exception)
            {
                return Overcome(exception, part);
            }
        }

        _answers.Give(part, settled);
        return true;
    }

    private Settled? WriteNetted(IReadOnlyList<Waiting> part)
    {
        // Whoever asks for tidying wants to be sure.
        var net = BatchNet.Of([.. _sweeping.Changes(exact: part.Any(waiting => waiting.Change is null)), .. Changes(part)]);
        if (net.HasConflict)
            return null;
        if (net.Changes.Count == 0)
            return Settled.Nothing;
        return store.TryWrite(net) is { } written ? new(new(ImmutableArray.Create(new CommitOutcome?[net.Changes.Count]), net, written), net.Changes) : null;
    }

    private Settled WriteReplayed(IReadOnlyList<Change> all) => all.Count == 0 ? Settled.Nothing : new(store.Replay(all), all);

    /// <summary>A change that the database refuses fails alone, and a hold that cannot be swept is set aside instead of failing every batch after it.</summary>
    private void OneByOne(IReadOnlyList<Waiting> part)
    {
        foreach (var hold in _sweeping.DueOrNone())
        {
            var sweep = new Waiting(Lapse.Of(hold, clock.GetCurrentInstant()));
            Alone(sweep);
            if (sweep.Outcome.Task.IsCompletedSuccessfully && sweep.Outcome.Task.Result is CommitOutcome.Unavailable)
                _sweeping.SetAside(hold);
        }

        foreach (var waiting in part)
            Alone(waiting);
    }

    private void Alone(Waiting waiting)
    {
        while (!waiting.Outcome.Task.IsCompleted)
        {
            if (_dead is not null)
            {
                Fail([waiting]);
                return;
            }

            Settled settled;
            try
            {
                settled = WriteReplayed(waiting.Change is { } change ? [change] : []);
            }
            catch (Exception exception)
            {
                Overcome(exception, [waiting]);
                continue;
            }

            _answers.Give([waiting], settled);
        }
    }

    /// <summary>What to do about a failure that is not one of the changes' own. False: try again.</summary>
    private bool Overcome(Exception exception, IReadOnlyList<Waiting> part)
    {
        switch (store.Judge(exception))
        {
            case Trouble.Fatal:
                _dead = $"The ledger's disk failed: {exception.Message}";
                log.LogCritical(exception, "The ledger's disk failed; the process stops, since what it would write next might not be kept");
                settings.Stop(_dead);
                Fail(part);
                return true;
            case Trouble.Lost:
                log.LogWarning(exception, "The connection to the ledger was lost");
                return Reconnect(part);
            case Trouble.Refused:
            case Trouble.Rolled:
                log.LogError(exception, "The database refused {Changes} changes", part.Count);
                BatchAnswers.Refuse(part, exception.Message);
                return true;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>
    /// Connects again, however long it takes. Callers are not held longer than it takes to see that this is no passing break: those of whose changes nothing was sent are refused,
    /// those in doubt are told that it is not known. What became of these is found out all the same, since others are to hear of what was written.
    /// </summary>
    private bool Reconnect(IReadOnlyList<Waiting> part)
    {
        const string away = "The database cannot be reached.";
        var pause = TimeSpan.FromMilliseconds(50);
        var waited = TimeSpan.Zero;
        while (true)
        {
            Replayed? replayed;
            try
            {
                replayed = store.Recover();
            }
            catch (Exception exception) when (store.Judge(exception) == Trouble.Lost)
            {
                if (pause >= _longestPause)
                {
                    drain(away);
                    if (!store.IsInDoubt)
                        BatchAnswers.Refuse(part, away);
                    else if (waited >= _longestDoubt)
                        BatchAnswers.Doubt(part, exception);
                }

                if (_closing.IsCancellationRequested)
                {
                    _dead = "The ledger was closed while its database was away; what became of the last changes is not known.";
                    return false;
                }

                using var ring = new ManualResetEventSlim();
                using var timer = settings.Time.CreateTimer(_ => ring.Set(), null, pause, Timeout.InfiniteTimeSpan);
                WaitHandle.WaitAny([ring.WaitHandle, _closing.Token.WaitHandle]);
                waited += pause;
                pause = pause < _longestPause ? pause * 2 : pause;
                continue;
            }

            if (replayed is not null)
            {
                _answers.Give(part, new(replayed, replayed.All));
                return true;
            }

            // Nobody waits any more for what was refused or doubted: it is not written behind its callers' backs.
            return part.All(waiting => waiting.Outcome.Task.IsCompleted);
        }
    }

    /// <summary>Whether these were written is not known: no outcome says that.</summary>
    private void Fail(IReadOnlyList<Waiting> part)
    {
        foreach (var waiting in part)
            waiting.Outcome.TrySetException(new LedgerStoppedException(_dead!));
    }

    private static IEnumerable<Change> Changes(IReadOnlyList<Waiting> part) => part.Where(waiting => waiting.Change is not null).Select(waiting => waiting.Change!);
}

/// <summary>The ledger has stopped; whether the change was written shows at the next start.</summary>
public sealed class LedgerStoppedException(string why) : Exception(why);
