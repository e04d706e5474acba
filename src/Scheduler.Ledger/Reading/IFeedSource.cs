namespace Scheduler.Ledger;

/// <summary>Reads the changes of other processes.</summary>
internal interface IFeedSource
{
    /// <summary>Whether the changes were read within the last second.</summary>
    bool IsFresh { get; }

    /// <summary>How long ago the changes were read.</summary>
    TimeSpan Age { get; }

    /// <summary>Reads the changes now.</summary>
    Task Refresh();

    /// <summary>Called after own changes were committed: notifies other silos, so that they read the changes.</summary>
    void NotifyOthers();
}
