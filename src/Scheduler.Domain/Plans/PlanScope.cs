using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>What a plan decides: the flexible requests of some pools with a candidate whose start lies in [From, To).</summary>
/// <param name="Pools">The pools, at least one, in the order of their ids.</param>
/// <param name="From">The first start of a candidate.</param>
/// <param name="To">The end of the starts, not included.</param>
/// <param name="TimeLimitSeconds">Seconds that the solver may take.</param>
/// <param name="MovesBookings">Whether bookings that a plan placed may move within the windows of their requests.</param>
public sealed record PlanScope(ImmutableArray<PoolId> Pools, Instant From, Instant To, int TimeLimitSeconds, bool MovesBookings)
{
    /// <summary>The opening whose lots decide what the aims of the plan leave equal (R16); null for a plan without lots.</summary>
    public PlanOpening? Opening { get; init; }
}
