namespace Scheduler.Ledger;

/// <summary>
/// Checks, within a time limit, whether the database answers. The probe has its own thread and connection, so a check never waits for other reads. Concurrent
/// callers share one query. When the query does not end in time, each caller gets false after the time limit.
/// </summary>
internal sealed class ReachabilityProbe(ReadThreads thread, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan _bound = TimeSpan.FromSeconds(2);
    private readonly Lock _lock = new();
    private Task<bool> _running = Task.FromResult(true);

    public async Task<bool> IsReachable(CancellationToken cancellation)
    {
        try
        {
            return await Running().WaitAsync(_bound, time, cancellation);
        }
        catch (Exception exception) when (exception is LedgerUnreachableException or TimeoutException)
        {
            return false;
        }
    }

    public void Dispose() => thread.Dispose();

    private Task<bool> Running()
    {
        lock (_lock)
        {
            if (_running.IsCompleted)
                _running = thread.Run(session => session.Query("select 1", row => row.GetInt32(0))[0] == 1, CancellationToken.None);
            return _running;
        }
    }
}
