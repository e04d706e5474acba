namespace Scheduler.Solver;

/// <summary>Figures of the stages that the assignments alone do not give.</summary>
/// <param name="Bound">Proven bound, fixed requests included.</param>
/// <param name="ValueBeforeSharing">Value before sharing, fixed requests included.</param>
/// <param name="WorstRatio">Smallest served ratio of an institution with demand that could be served.</param>
internal readonly record struct PlanFigures(double Bound, double ValueBeforeSharing, double WorstRatio);
