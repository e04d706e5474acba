namespace Scheduler.Solver;

/// <summary>The temperature of one round of annealing, falling evenly from start to end, as a share of what a component's mean request can change. Zero takes
/// no worse step.</summary>
/// <param name="Start">Temperature of the first step.</param>
/// <param name="End">Temperature after the last step.</param>
internal readonly record struct Cooling(double Start, double End);
