namespace Scheduler.Solver;

/// <summary>What a large step gained; nothing when its answer was not accepted.</summary>
/// <param name="Mandatory">Gain in mandatory value.</param>
/// <param name="Value">Gain in net value.</param>
/// <param name="IsProven">Whether the answer was proven to be the best of its model.</param>
internal readonly record struct StepGain(double Mandatory, double Value, bool IsProven);
