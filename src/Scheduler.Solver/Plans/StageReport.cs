using System.Text.Json.Serialization;

namespace Scheduler.Solver;

/// <summary>The result of one stage.</summary>
/// <param name="Name">Name of the stage.</param>
/// <param name="Seconds">Wall time it took; the only part of a plan that may differ between two runs.</param>
/// <param name="Value">Value at its end.</param>
/// <param name="Bound">Bound at its end; null when none is proven yet.</param>
public readonly record struct StageReport(
    string Name, double Seconds, double Value,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? Bound);
