namespace Scheduler.Domain;

/// <summary>The status of a request. The ledger stores the names: add names, but never rename or remove one.</summary>
public enum RequestStatus
{
    /// <summary>The request waits.</summary>
    Queued,

    /// <summary>The request became a booking.</summary>
    Placed,

    /// <summary>The school withdrew the request.</summary>
    Withdrawn,

    /// <summary>The request's block can no longer be booked.</summary>
    Expired,
}
