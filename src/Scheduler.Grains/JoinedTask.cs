namespace Scheduler.Grains;

/// <summary>
/// One run of something for all who ask while it runs. It is let go of by those who waited, never by itself: a run that ends before it is first awaited would otherwise be
/// remembered as under way for ever.
/// </summary>
internal sealed class JoinedTask(Func<Task> run)
{
    private Task? _running;

    /// <summary>Ends when a run that began at or before this call has ended; throws what it threw.</summary>
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
