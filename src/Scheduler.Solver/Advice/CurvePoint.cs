using System.Text.Json.Serialization;

namespace Scheduler.Solver;

/// <summary>One point of a capacity curve.</summary>
/// <param name="MachineHours">Machine hours offered, the added ones included.</param>
/// <param name="AddedMachineHours">Machine hours added to the present capacity.</param>
/// <param name="Served">Seats that the plan for this capacity serves.</param>
/// <param name="Unserved">Seats that it does not serve.</param>
/// <param name="Where">The seats to add, by slot.</param>
public sealed record CurvePoint(double MachineHours, double AddedMachineHours, long Served, long Unserved, IReadOnlyList<AddedSeats> Where)
{
    /// <summary>The plan for this capacity; null in a point that was read from a file.</summary>
    [JsonIgnore]
    public Plan? Plan { get; init; }
}
