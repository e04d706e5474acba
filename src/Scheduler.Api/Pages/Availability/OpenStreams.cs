namespace Scheduler.Api;

/// <summary>Counts the streams that pages follow at this process.</summary>
internal sealed class OpenStreams
{
    private int _count;

    /// <summary>Counts one stream more; false, and nothing is counted, when there are as many as may be.</summary>
    public bool TryAdd(int most)
    {
        if (Interlocked.Increment(ref _count) <= most)
            return true;
        Interlocked.Decrement(ref _count);
        return false;
    }

    /// <summary>Counts one stream less.</summary>
    public Task Remove()
    {
        Interlocked.Decrement(ref _count);
        return Task.CompletedTask;
    }
}
