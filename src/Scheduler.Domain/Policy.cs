namespace Scheduler.Domain;

/// <summary>What becomes of the vouchers of a cancellation after the cut-off (R9).</summary>
public enum LateVouchers
{
    /// <summary>They are spent.</summary>
    Forfeit,

    /// <summary>They go back to their packs.</summary>
    Return,
}

/// <summary>The operator's rates and defaults. Every number may be changed while the system runs; the next decision uses it.</summary>
public sealed record Policy
{
    /// <summary>The policy before anybody changed it.</summary>
    public static Policy Default { get; } = new();

    /// <summary>R2: whole local days a booking must leave outside seasons.</summary>
    public int LeadTimeDays { get; init; } = 14;

    /// <summary>R2: whole local days ahead that can be booked at all.</summary>
    public int HorizonDays { get; init; } = 365;

    /// <summary>R10: minutes a hold lives.</summary>
    public int HoldMinutes { get; init; } = 10;

    /// <summary>R10: live holds of one institution.</summary>
    public int MaxHolds { get; init; } = 5;

    /// <summary>R10: seats of all live holds of one institution.</summary>
    public int MaxHeldSeats { get; init; } = 200;

    /// <summary>R9: whole local days before the exam day from which on a change is late.</summary>
    public int CancelCutoffDays { get; init; } = 2;

    /// <summary>R9: what becomes of the vouchers of a late cancellation.</summary>
    public LateVouchers LateCancelVouchers { get; init; } = LateVouchers.Forfeit;

    /// <summary>R12: days more than needed during which the fair share is lifted.</summary>
    public int FairShareLiftDays { get; init; } = 7;

    /// <summary>R6: candidates online that one trained proctor looks after.</summary>
    public int CandidatesPerProctor { get; init; } = 20;

    /// <summary>R8: first online sessions of an institution that are overseen.</summary>
    public int OverseenSessions { get; init; } = 1;
}
