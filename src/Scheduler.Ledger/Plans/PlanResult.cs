using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>What a plan proposes, as operators see it. The ledger keeps it as the file <see cref="PlanFileKind.Result"/>.</summary>
public sealed record PlanResult
{
    /// <summary>Candidates that sit somewhere when the plan is applied, of all requests in the scope; those that sit there today included.</summary>
    public required long ServedSeats { get; init; }

    /// <summary>Candidates of all requests in the scope.</summary>
    public required long RequestedSeats { get; init; }

    /// <summary>The worth of what the plan serves, less displacement and moves.</summary>
    public required double Value { get; init; }

    /// <summary>Proven: no plan is worth more.</summary>
    public required double Bound { get; init; }

    /// <summary>(bound − value) / |bound|.</summary>
    public required double Gap { get; init; }

    /// <summary>The smallest served ratio of a school, of demand that could be served at all; 1 when there is none.</summary>
    public required double WorstInstitutionRatio { get; init; }

    /// <summary>The mean distance between the preferred and the given start, over all candidates that sit in the scope when the plan is applied.</summary>
    public required double MeanDisplacementHours { get; init; }

    /// <summary>The distance, in hours, within which nine of ten of these candidates sit; null in results of an older version.</summary>
    public double? MostDisplacementHours { get; init; }

    /// <summary>Whether the time limit cut the run short, so that another run with the same seed may give another plan.</summary>
    public required bool IsCutShort { get; init; }

    /// <summary>
    /// Whether the run ended before it had the receipt of each request. A request without a receipt then says nothing about capacity. True where
    /// nobody looked for all receipts, and in results of an older version.
    /// </summary>
    public bool AreReceiptsCutShort { get; init; } = true;

    /// <summary>The placements, by age of their requests and start.</summary>
    public required ImmutableArray<PlannedPlacement> Placements { get; init; }

    /// <summary>The moves, by booking.</summary>
    public required ImmutableArray<PlannedMove> Moves { get; init; }

    /// <summary>The requests that are not served in full, by age.</summary>
    public required ImmutableArray<UnservedRequest> Unserved { get; init; }

    /// <summary>The figures of each school with a request in the scope, by id.</summary>
    public required ImmutableArray<SchoolFigures> Schools { get; init; }

    /// <summary>The load of each pool and local day when the plan was made; empty in results of an older version.</summary>
    public ImmutableArray<PlanDay> Days { get; init; } = [];

    /// <summary>The slots of the scope before and after the plan, by pool and start; empty in results of an older version.</summary>
    public ImmutableArray<PlanHour> Hours { get; init; } = [];
}
