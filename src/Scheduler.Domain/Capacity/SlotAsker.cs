namespace Scheduler.Domain;

/// <summary>Who asks for seats.</summary>
public enum SlotAsker
{
    /// <summary>A person's call. The waitlist comes before such a call (R9).</summary>
    WalkIn,

    /// <summary>A round of the waitlist.</summary>
    Waitlist,
}
