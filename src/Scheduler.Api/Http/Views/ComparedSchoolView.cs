using System.ComponentModel;
using Scheduler.Domain;
using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>What a plan changes for one institution.</summary>
internal sealed record ComparedSchoolView
{
    public required InstitutionId Institution { get; init; }

    public required long RequestedSeats { get; init; }

    [Description("Those that could be served if each request were alone in empty pools.")]
    public required long ServableSeats { get; init; }

    [Description("Served share of the servable seats when the plan was made.")]
    public required double RatioBefore { get; init; }

    public required double RatioFirstComeFirstServed { get; init; }

    public required double RatioAfter { get; init; }

    public required int Moves { get; init; }

    [Description("The worst case: the most hours between the preferred start of a request and the start that the plan gives.")]
    public required double LongestDisplacementHours { get; init; }

    public static ComparedSchoolView Of(InstitutionComparison school) => new()
    {
        Institution = InstitutionId.Of(school.Institution),
        RequestedSeats = school.RequestedSeats,
        ServableSeats = school.ServableSeats,
        RatioBefore = school.RatioBefore,
        RatioFirstComeFirstServed = school.RatioFirstComeFirstServed,
        RatioAfter = school.RatioAfter,
        Moves = school.Moves,
        LongestDisplacementHours = school.LongestDisplacement,
    };
}
