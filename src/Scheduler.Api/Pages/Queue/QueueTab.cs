namespace Scheduler.Api;

/// <summary>Which requests the queue page shows.</summary>
internal enum QueueTab
{
    /// <summary>Requests that wait.</summary>
    Queued,

    /// <summary>Requests that became a booking.</summary>
    Placed,

    /// <summary>Requests that were withdrawn, or can no longer be served.</summary>
    Ended,
}
