using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// One batch on its way: netted under guards; if a guard fails, replayed under lock; if the database itself objects, change by change. Each change gets its own outcome,
/// listeners hear before callers do.
/// </summary>
internal sealed class BatchRunner(ICommitStore store, LedgerSettings settings, IClock clock, ChangeFeed feed, ILogger log, Action<string> drain) : IDisposable
{
    private readonly HashSet<HoldId> _unsweepable = [];
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

    private static bool IsSpecial(Waiting waiting) =>
        waiting.Change is { } change && change.Rows.Any(row => row is RowWrite.CataloguePut or RowWrite.KeyRevoked or RowWrite.CapacitySet);

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
        try
        {
            if (!replay && WriteNetted(part))
                return true;
        }
        catch (Exception exception) when (store.Judge(exception) == Trouble.Rolled)
        {
            log.LogWarning(exception, "A batch of {Changes} changes was refused by the database; each is tried by what it finds", part.Count);
        }
        catch (Exception exception)
        {
            return Overcome(exception, part);
        }

        try
        {
            WriteReplayed(part);
            return true;
        }
        catch (Exception exception) when (store.Judge(exception) == Trouble.Rolled && (part.Count > 1 || Sweepable(exact: true).Count > 0))
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

    private bool WriteNetted(IReadOnlyList<Waiting> part)
    {
        // Whoever asks for tidying wants to be sure.
        var net = BatchNet.Of([.. Sweeps(exact: part.Any(waiting => waiting.Change is null)), .. Changes(part)]);
        if (net.HasConflict)
            return false;
        if (net.Changes.Count == 0)
        {
            Answer(part, null, []);
            return true;
        }

        if (store.TryWrite(net) is not { } written)
            return false;
        Answer(part, new(Accepted(net.Changes.Count), net, written), [.. net.Changes]);
        return true;
    }

    private void WriteReplayed(IReadOnlyList<Waiting> part)
    {
        Change[] all = [.. Sweeps(exact: true), .. Changes(part)];
        Answer(part, all.Length == 0 ? null : store.Replay(all), all);
    }

    /// <summary>A change that the database refuses fails alone, and a hold that cannot be swept is left to the operator instead of failing every batch after it.</summary>
    private void OneByOne(IReadOnlyList<Waiting> part)
    {
        foreach (var hold in Sweepable(exact: true))
        {
            var sweep = new Waiting(Lapse.Of(hold, clock.GetCurrentInstant()));
            Alone(sweep);
            if (sweep.Outcome.Task.IsCompletedSuccessfully && sweep.Outcome.Task.Result is CommitOutcome.Unavailable && _unsweepable.Add(hold.Id))
                log.LogError("Hold {Hold} cannot be swept; it keeps its seats until somebody looks", hold.Id);
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

            try
            {
                Change[] one = waiting.Change is { } change ? [change] : [];
                Answer([waiting], one.Length == 0 ? null : store.Replay(one), one);
            }
            catch (Exception exception)
            {
                Overcome(exception, [waiting]);
            }
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
                foreach (var waiting in part)
                    waiting.Outcome.TrySetResult(new CommitOutcome.Unavailable(exception.Message));
                return true;
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private bool Reconnect(IReadOnlyList<Waiting> part)
    {
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            try
            {
                if (store.Recover() is not { } written)
                    return false;
                Answer(part, written, written.All);
                return true;
            }
            catch (Exception exception) when (store.Judge(exception) == Trouble.Lost)
            {
                if (pause >= TimeSpan.FromSeconds(1))
                    drain("The database cannot be reached.");
                if (_closing.IsCancellationRequested)
                {
                    _dead = "The ledger was closed while its database was away; what became of the last changes is not known.";
                    return false;
                }

                using var ring = new ManualResetEventSlim();
                using var timer = settings.Time.CreateTimer(_ => ring.Set(), null, pause, Timeout.InfiniteTimeSpan);
                WaitHandle.WaitAny([ring.WaitHandle, _closing.Token.WaitHandle]);
                pause = pause < TimeSpan.FromSeconds(1) ? pause * 2 : pause;
            }
        }
    }

    /// <summary>Whether these were written is not known: no outcome says that.</summary>
    private void Fail(IReadOnlyList<Waiting> part)
    {
        foreach (var waiting in part)
            waiting.Outcome.TrySetException(new LedgerStoppedException(_dead!));
    }

    private void Answer(IReadOnlyList<Waiting> part, Replayed? replayed, IReadOnlyList<Change> all)
    {
        if (replayed?.Written is { } written)
            feed.PublishOwn(replayed.Accepted, written);
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

    private static CommitOutcome.Committed Committed(Change change, Replayed replayed, long sequence, int index)
    {
        var request = change.Rows.OfType<RowWrite.RequestMade>().FirstOrDefault()?.Request.Id;
        return new(
            sequence,
            replayed.Accepted.Shortfalls.TryGetValue(index, out var over) ? over : [],
            request is { } id ? replayed.Written!.RequestSequences[id] : 0);
    }

    private static ImmutableArray<CommitOutcome?> Accepted(int count) => ImmutableArray.Create(new CommitOutcome?[count]);

    private static IEnumerable<Change> Changes(IReadOnlyList<Waiting> part) => part.Where(waiting => waiting.Change is not null).Select(waiting => waiting.Change!);

    private IEnumerable<Change> Sweeps(bool exact)
    {
        var now = clock.GetCurrentInstant();
        return Sweepable(exact).Select(hold => Lapse.Of(hold, now));
    }

    private List<Hold> Sweepable(bool exact) => [.. store.Due(clock.GetCurrentInstant(), exact).Where(hold => !_unsweepable.Contains(hold.Id))];
}

/// <summary>The ledger has stopped; whether the change was written shows at the next start.</summary>
public sealed class LedgerStoppedException(string why) : Exception(why);
