namespace Scheduler.Solver;

/// <summary>The progress of a running solve.</summary>
/// <param name="Stage">Name of the stage.</param>
/// <param name="Seconds">Seconds since the solve began.</param>
/// <param name="Value">Value of the best plan so far.</param>
/// <param name="Bound">Proven bound so far; null before the first.</param>
/// <param name="Done">The finished share of the stage's counted work, 0 to 1.</param>
public readonly record struct SolveProgress(string Stage, double Seconds, double Value, double? Bound, double Done);
