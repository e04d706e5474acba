namespace Scheduler.Solver;

/// <summary>The current assignment of a request. It may be moved but is never dropped.</summary>
/// <param name="Candidate">Index into the request's candidates.</param>
/// <param name="Movable">False for an assignment that may not change.</param>
/// <param name="MoveCost">The cost of moving the whole request to another candidate.</param>
public sealed record CurrentPlace(int Candidate, bool Movable, double MoveCost);
