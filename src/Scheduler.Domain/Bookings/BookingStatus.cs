namespace Scheduler.Domain;

/// <summary>The status of a booking. The ledger stores the names: add names, but never rename or remove one.</summary>
public enum BookingStatus
{
    /// <summary>The booking's seats are promised.</summary>
    Confirmed,

    /// <summary>The booking was cancelled. Its seats are free again.</summary>
    Cancelled,
}
