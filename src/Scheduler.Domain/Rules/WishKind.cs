namespace Scheduler.Domain;

/// <summary>What a wish becomes when it is accepted. The kind decides which rules apply.</summary>
public enum WishKind
{
    /// <summary>A booking that is made, moved or enlarged.</summary>
    Booking,

    /// <summary>A hold. The limits on holds apply too (R10).</summary>
    Hold,

    /// <summary>A booking that the waitlist offers. The institution's short notice applies (R9).</summary>
    FromWaitlist,

    /// <summary>A booking that a plan makes or moves. The fair share does not apply (R12).</summary>
    FromPlan,
}
