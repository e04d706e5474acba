using System.ComponentModel;
using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>What a plan serves, counted in candidates.</summary>
internal sealed record ComparedCountsView
{
    public required long ServedSeats { get; init; }

    public required long RequestedSeats { get; init; }

    public required int ServedRequests { get; init; }

    public required int Requests { get; init; }

    [Description("Candidates that sit at another start than the nearest one that their request allows.")]
    public required long DisplacedSeats { get; init; }

    [Description("Their displacement, in candidates times hours.")]
    public required double DisplacementHours { get; init; }

    public required int Moves { get; init; }

    public required double WorstInstitutionRatio { get; init; }

    public static ComparedCountsView Of(PlanCounts counts) => new()
    {
        ServedSeats = counts.ServedSeats,
        RequestedSeats = counts.RequestedSeats,
        ServedRequests = counts.ServedRequests,
        Requests = counts.Requests,
        DisplacedSeats = counts.DisplacedSeats,
        DisplacementHours = counts.DisplacementHours,
        Moves = counts.Moves,
        WorstInstitutionRatio = counts.WorstRatio,
    };
}
