using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The solver's input for a scope, and what its rows stand for.</summary>
public sealed record PlanInstance
{
    /// <summary>The solver's input, the same records as the file of the command line.</summary>
    public required Solver.Instance Instance { get; init; }

    /// <summary>What the requests of the instance stand for, by their ids. Standing seats of schools' limits are not among them.</summary>
    public required ImmutableDictionary<string, PlanInstanceRow> Rows { get; init; }

    /// <summary>Demand of the scope that no plan can serve, by the age of the requests.</summary>
    public required ImmutableArray<PlanLeftOut> LeftOut { get; init; }

    /// <summary>The bookings of the scope's requests that stand outside the scope's pools or hours. They count as served.</summary>
    public required ImmutableArray<(Request Request, Booking Booking)> Elsewhere { get; init; }

    /// <summary>Whether the scope has more than <see cref="Limits.PlanCandidates"/> candidates. The instance then lacks some, and must not be solved.</summary>
    public required bool IsTooLarge { get; init; }

    /// <summary>The load of each pool and local day before the plan.</summary>
    public required ImmutableArray<PlanDay> Days { get; init; }

    /// <summary>What the plan decides.</summary>
    public required PlanScope Scope { get; init; }

    /// <summary>The moment of the ledger.</summary>
    public required SeasonCut Cut { get; init; }

    /// <summary>The starts that the solver may choose for a row.</summary>
    internal IReadOnlyList<Solver.Candidate> CandidatesOf(PlanInstanceRow row) => Instance.Requests[row.Index].Candidates;

    /// <summary>
    /// The instance of a cut. Requests are in the order of their age, and then come bookings that plans made, in the order of their ids. Everything else that
    /// is booked or held lowers the capacities; where it counts against the limit of a school, it is a fixed request of a pool of its own, which lists
    /// exactly those seats. Pure: the same input gives the same instance.
    /// </summary>
    /// <param name="cut">The moment of the ledger.</param>
    /// <param name="scope">The scope.</param>
    /// <param name="now">The instant from which lead times are counted.</param>
    public static PlanInstance Of(SeasonCut cut, PlanScope scope, Instant now) => new InstanceBuilder(cut, scope, now).Build();
}
