namespace Scheduler.Domain;

/// <summary>A slot's answer to an ask for seats.</summary>
public enum SlotVerdict
{
    /// <summary>The seats are free now. The commit checks again that the seats are free.</summary>
    Admitted,

    /// <summary>The committed bookings and live holds leave too few seats.</summary>
    Full,

    /// <summary>A hold in this slot has lapsed, and the waitlist has not been offered its seats yet. Sweep the hold, then ask again.</summary>
    AfterSweep,

    /// <summary>A waitlist round runs for this slot. Ask again after the end of the round.</summary>
    AfterRound,
}
