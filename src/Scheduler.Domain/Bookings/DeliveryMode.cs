namespace Scheduler.Domain;

/// <summary>Where candidates sit (R6).</summary>
public enum DeliveryMode
{
    /// <summary>At the site's own workstations.</summary>
    Lab,

    /// <summary>From home or on their own device, watched by proctors.</summary>
    Online,
}
