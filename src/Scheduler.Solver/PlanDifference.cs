namespace Scheduler.Solver;

/// <summary>The difference between two plans of the same requests.</summary>
/// <param name="Plan">The plan after the change.</param>
/// <param name="Gained">Requests that are served with more seats than before.</param>
/// <param name="Lost">Requests that are served with fewer seats than before, or not at all.</param>
/// <param name="Moved">Requests that are served with the same seats in another pool or at another start.</param>
/// <param name="ValueChange">Value after less value before.</param>
/// <param name="SeatsChange">Served seats after less before.</param>
public sealed record PlanDifference(
    Plan Plan, IReadOnlyList<string> Gained, IReadOnlyList<string> Lost, IReadOnlyList<string> Moved, double ValueChange, long SeatsChange);
