namespace Scheduler.Solver;

/// <summary>The answer to a what-if.</summary>
/// <param name="Objective">Figures of the plan with the changed capacities.</param>
/// <param name="Gained">Requests that are served with more seats than before.</param>
/// <param name="Lost">Requests that are served with fewer seats than before, or not at all.</param>
/// <param name="Moved">Requests that are served with the same seats in another pool or at another start.</param>
/// <param name="Unserved">The requests that are then not served in full.</param>
public sealed record WhatIfAnswer(
    PlanObjective Objective, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost, IReadOnlyList<string> Moved, IReadOnlyList<Unserved> Unserved)
{
    /// <summary>The answer of a difference.</summary>
    internal static WhatIfAnswer Of(PlanDifference change) =>
        new(change.Plan.Objective, change.Gained, change.Lost, change.Moved, change.Plan.Unserved);
}
