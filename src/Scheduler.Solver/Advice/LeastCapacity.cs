using System.Text.Json.Serialization;

namespace Scheduler.Solver;

/// <summary>The least machine hours to add so that all requests are served that machines can help: a range, with the place of each machine.</summary>
/// <param name="LowerMachineHours">Proven: fewer machine hours cannot serve the requests that the plan of the upper end serves in full.</param>
/// <param name="UpperMachineHours">Achieved by <paramref name="Where"/>.</param>
/// <param name="Served">Seats that the plan of the upper end serves.</param>
/// <param name="Unserved">Seats that no machines can help, because a limit of their institution stands in the way.</param>
/// <param name="Where">The seats to add, by slot.</param>
public sealed record LeastCapacity(
    double LowerMachineHours, double UpperMachineHours, long Served, long Unserved, IReadOnlyList<AddedSeats> Where)
{
    /// <summary>The plan of the upper end; null in an answer that was read from a file.</summary>
    [JsonIgnore]
    public Plan? Plan { get; init; }

    /// <summary>Searches for the least capacity.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="plan">The present plan of it.</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="cancel">Ends the work early; the range is then wider.</param>
    public static LeastCapacity Of(Instance instance, Plan plan, SolveBudget budget, CancellationToken cancel = default)
    {
        var search = new CapacitySearch(instance, plan, budget, cancel);
        return search.ServeAll(search.Start()).Least;
    }
}
