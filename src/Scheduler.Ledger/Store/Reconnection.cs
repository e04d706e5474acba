using Microsoft.Extensions.Logging;

namespace Scheduler.Ledger;

/// <summary>
/// Connects a store again after its connection was lost. Repeats with growing pauses until a try succeeds or the ledger is closed. The time without a
/// connection is measured by the clock, not by the number of tries.
/// </summary>
internal sealed class Reconnection(ICommitStore store, TimeProvider time, ILogger log) : IDisposable
{
    private const string Away = "The database cannot be reached.";
    private const string AwayInDoubt = "The database cannot be reached; whether the change was written is not known.";
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(1);

    // A short interruption is shorter than this time. After this time callers wait no longer.
    private static readonly TimeSpan _refuseAfter = TimeSpan.FromSeconds(1.5);

    // A restart of the database is shorter than this time, so callers whose changes are in doubt get the true outcome.
    private static readonly TimeSpan _unknownAfter = TimeSpan.FromSeconds(5);
    private readonly CancellationTokenSource _closing = new();

    /// <summary>From now on the ledger does not wait for a database that cannot be reached.</summary>
    public void Close() => _closing.Cancel();

    public void Dispose() => _closing.Dispose();

    /// <summary>Connects again and returns the transaction that was running; null when the transaction is not in the ledger.</summary>
    /// <param name="refuse">Called after each failed try when the database could not be reached for 1.5 seconds: refuses changes that were certainly not
    /// written.</param>
    /// <param name="answerUnknown">Called after each failed try when the database could not be reached for 5 seconds and a transaction is in doubt.</param>
    /// <param name="stopped">Why the ledger has stopped; null unless it was closed while the database was away.</param>
    public Replayed? Recover(Action<string> refuse, Action<string> answerUnknown, out string? stopped)
    {
        stopped = null;
        var lostAt = time.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(50);
        var isUnsafe = false;
        while (true)
        {
            var why = Away;
            try
            {
                return store.Recover();
            }
            catch (LedgerUnsafeException exception)
            {
                why = exception.Message;
                if (!isUnsafe)
                    log.LogError(exception, "The ledger takes no changes until acknowledged changes are safe in the database");
                isUnsafe = true;
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                log.LogDebug(exception, "The ledger could not connect again");
            }

            var away = time.GetElapsedTime(lostAt);
            if (away >= _refuseAfter)
                refuse(why);
            if (store.IsInDoubt && away >= _unknownAfter)
                answerUnknown(AwayInDoubt);
            if (_closing.IsCancellationRequested)
            {
                stopped = "The ledger was closed while its database was away; whether the change was written is not known.";
                refuse(stopped);
                if (store.IsInDoubt)
                    answerUnknown(stopped);
                return null;
            }

            Wait(pause);
            pause = pause < _longestPause ? pause * 2 : pause;
        }
    }

    private void Wait(TimeSpan pause)
    {
        using var ring = new ManualResetEventSlim();
        using var timer = time.CreateTimer(_ => ring.Set(), null, pause, Timeout.InfiniteTimeSpan);
        WaitHandle.WaitAny([ring.WaitHandle, _closing.Token.WaitHandle]);
    }
}
