namespace Scheduler.Domain;

/// <summary>Where demand for seats shows.</summary>
public enum DemandKind
{
    /// <summary>Confirmed bookings.</summary>
    Booked,

    /// <summary>Requests that wait, or that expired without a booking.</summary>
    Unserved,

    /// <summary>Calls that were refused because there were too few seats.</summary>
    Refused,
}
