namespace Scheduler.Solver;

/// <summary>Figures of a plan.</summary>
public sealed record PlanObjective
{
    /// <summary>Σ (value − cost − move cost) of the served requests.</summary>
    public required double Value { get; init; }

    /// <summary>Proven: no plan that keeps the order of the aims (current assignments, shortfalls, mandatory requests) has a greater value.</summary>
    public required double Bound { get; init; }

    /// <summary>(bound − value) / |bound|, 0 when both are 0.</summary>
    public required double Gap { get; init; }

    /// <summary>The value before sharing gave up some of it for fairness.</summary>
    public required double ValueBeforeSharing { get; init; }

    /// <summary>Gap of <see cref="ValueBeforeSharing"/>.</summary>
    public required double GapBeforeSharing { get; init; }

    /// <summary>Σ seats of the assignments.</summary>
    public required long ServedSeats { get; init; }

    /// <summary>Σ sizes of all requests.</summary>
    public required long RequestedSeats { get; init; }

    /// <summary>The smallest served ratio of an institution with demand that could be served; 1 when there is none.</summary>
    public required double WorstInstitutionRatio { get; init; }

    /// <summary>Σ (cost + move cost) of the served requests.</summary>
    public required double Cost { get; init; }

    /// <summary>Requests that leave their current assignment.</summary>
    public required int Moves { get; init; }
}
