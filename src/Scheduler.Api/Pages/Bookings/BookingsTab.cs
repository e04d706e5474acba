namespace Scheduler.Api;

/// <summary>Which bookings the list shows.</summary>
internal enum BookingsTab
{
    /// <summary>Confirmed bookings that have not ended, the soonest first.</summary>
    Coming,

    /// <summary>Confirmed bookings of a month, as a calendar.</summary>
    Calendar,

    /// <summary>Confirmed bookings of the last weeks that have ended, the latest first.</summary>
    Past,

    /// <summary>Cancelled bookings, the latest start first.</summary>
    Cancelled,
}
