namespace Scheduler.Domain;

/// <summary>How near a request that waits is to a booking.</summary>
public enum RequestTier
{
    /// <summary>Nobody can serve the request as it asks. The school changes it.</summary>
    Impossible,

    /// <summary>The school's onboarding is not complete (R8).</summary>
    NotReady,

    /// <summary>A rule stands in the way at every start: notice, supervision, vouchers.</summary>
    Blocked,

    /// <summary>The request waits for seats, or for the next plan.</summary>
    ForSeats,
}
