namespace Scheduler.Grains;

/// <summary>
/// Concurrent callers share one run. A caller that awaited the run clears the field; the run itself does not clear it. Otherwise a run that ends before its
/// first await would be stored after it ended, and would count as running for ever.
/// </summary>
internal sealed class SharedRun(Func<Task> run)
{
    private Task? _running;

    /// <summary>Ends when a run that began at or before this call has ended; throws what the run threw.</summary>
    public async Task Join()
    {
        var running = _running ??= run();
        try
        {
            await running;
        }
        finally
        {
            if (ReferenceEquals(_running, running))
                _running = null;
        }
    }
}
