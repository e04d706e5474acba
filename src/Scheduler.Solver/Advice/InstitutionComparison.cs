namespace Scheduler.Solver;

/// <summary>What a plan changes for one institution.</summary>
/// <param name="Institution">Id of the institution.</param>
/// <param name="RequestedSeats">Seats of all its requests.</param>
/// <param name="ServableSeats">Seats that each of its requests could have if it were alone in empty pools.</param>
/// <param name="Today">Seats that sit today.</param>
/// <param name="FirstComeFirstServed">Seats that the queue alone would serve.</param>
/// <param name="Plan">Seats that the plan serves.</param>
/// <param name="Moves">Its requests that leave their current assignment.</param>
public sealed record InstitutionComparison(
    string Institution, long RequestedSeats, long ServableSeats, long Today, long FirstComeFirstServed, long Plan, int Moves)
{
    /// <summary>The longest distance, in hours, between the preferred start of one of its requests and the start that the plan gives.</summary>
    public double LongestDisplacement { get; init; }

    /// <summary>Served ratio today; 1 for an institution without demand that could be served.</summary>
    public double RatioBefore => Ratio(Today);

    /// <summary>Served ratio under first come first served.</summary>
    public double RatioFirstComeFirstServed => Ratio(FirstComeFirstServed);

    /// <summary>Served ratio under the plan.</summary>
    public double RatioAfter => Ratio(Plan);

    private double Ratio(long seats) => ServableSeats == 0 ? 1 : seats / (double)ServableSeats;
}
