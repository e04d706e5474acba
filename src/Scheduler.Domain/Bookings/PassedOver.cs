using NodaTime;

namespace Scheduler.Domain;

/// <summary>When a waitlist entry was passed over, and why: the code of a refusal.</summary>
public readonly record struct PassedOver(Instant At, string Why)
{
    /// <summary>The seats that were free in the fullest hour of the block; null when something else stood in the way.</summary>
    public int? FreeSeats { get; init; }

    /// <summary>
    /// The seats that smaller entries behind this one got in the same hours, in the hour where they got most; null when something else than seats stood in the
    /// way.
    /// </summary>
    public int? TakenSeats { get; init; }
}
