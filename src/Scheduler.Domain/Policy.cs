namespace Scheduler.Domain;

/// <summary>The operator's rates and defaults. The operator may change every number while the system runs; the next decision uses the new number.</summary>
public sealed record Policy
{
    /// <summary>The policy before anybody changed it.</summary>
    public static Policy Default { get; } = new();

    /// <summary>R2: lead time outside seasons, in whole local days.</summary>
    public int LeadTimeDays { get; init; } = 14;

    /// <summary>R2: the horizon. Nobody can book more than this many whole local days ahead.</summary>
    public int HorizonDays { get; init; } = 365;

    /// <summary>R10: minutes a hold lives.</summary>
    public int HoldMinutes { get; init; } = 10;

    /// <summary>R10: live holds of one institution.</summary>
    public int MaxHolds { get; init; } = 5;

    /// <summary>R10: seats of all live holds of one institution.</summary>
    public int MaxHeldSeats { get; init; } = 200;

    /// <summary>R9: the cut-off. A change with fewer than this many whole local days to the exam day is late.</summary>
    public int CancelCutoffDays { get; init; } = 2;

    /// <summary>R9: what happens to the vouchers of a late cancellation.</summary>
    public LateVouchers LateCancelVouchers { get; init; } = LateVouchers.Forfeit;

    /// <summary>R12: the fair share does not apply while the days given are at most the days needed plus this number.</summary>
    public int FairShareLiftDays { get; init; } = 7;

    /// <summary>R6: candidates online that one trained proctor looks after.</summary>
    public int CandidatesPerProctor { get; init; } = 20;

    /// <summary>R8: how many first online sessions of an institution are overseen.</summary>
    public int OverseenSessions { get; init; } = 1;

    /// <summary>
    /// R11: what a plan loses for each candidate and each hour between the preferred start and the given one, in thousandths of the worth of one candidate of
    /// weight 1. A request loses at most half of its value by displacement, so serving the request is always worth more.
    /// </summary>
    public int DisplacementPerMille { get; init; } = 2;

    /// <summary>
    /// R11: what a plan loses for each candidate of a booking that it moves, in thousandths of the worth of one candidate of weight 1. A booking loses at most
    /// a quarter of its value by a move.
    /// </summary>
    public int MovePerMille { get; init; } = 50;

    /// <summary>R11: the plan that the clock makes every night; null for none.</summary>
    public NightlyPlan? NightlyPlan { get; init; }
}
