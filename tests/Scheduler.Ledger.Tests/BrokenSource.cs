namespace Scheduler.Ledger.Tests;

/// <summary>A feed that cannot notify other silos.</summary>
internal sealed class BrokenSource : IFeedSource
{
    public bool IsFresh => true;

    public TimeSpan Age => TimeSpan.Zero;

    public Task Refresh() => Task.CompletedTask;

    public void NotifyOthers() => throw new InvalidOperationException("no notification");
}
