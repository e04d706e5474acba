using Orleans;

namespace Scheduler.Grains;

/// <summary>The progress of a run.</summary>
/// <param name="Share">The finished share of the run, 0 to 1. It never falls.</param>
/// <param name="Stage">The solver's stage; null before the first.</param>
/// <param name="Seconds">Seconds since the solver began.</param>
/// <param name="Value">Value of the best plan so far; null before the first.</param>
/// <param name="Bound">Proven bound so far; null before the first.</param>
[GenerateSerializer, Immutable, Alias("scheduler.plan-progress")]
public readonly record struct PlanProgress(
    [property: Id(0)] double Share, [property: Id(1)] string? Stage, [property: Id(2)] double Seconds, [property: Id(3)] double? Value,
    [property: Id(4)] double? Bound);
