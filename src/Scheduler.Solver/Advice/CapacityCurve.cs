namespace Scheduler.Solver;

/// <summary>Machine hours against unserved seats. Each point is a solved plan for its capacity, and none is dominated: more machine hours always serve more
/// seats. The first point is the present capacity, the last one serves all requests that machines can help.</summary>
/// <param name="Points">The points, by machine hours.</param>
/// <param name="Knee">Index of the point beyond which a machine hour serves less than on average: the point farthest below the line from the first point to
/// the last.</param>
/// <param name="LeastCapacity">The range of machine hours that serve all.</param>
public sealed record CapacityCurve(IReadOnlyList<CurvePoint> Points, int Knee, LeastCapacity LeastCapacity)
{
    /// <summary>Computes the curve.</summary>
    /// <param name="instance">The instance.</param>
    /// <param name="plan">The present plan of it.</param>
    /// <param name="points">The most points, at least 2.</param>
    /// <param name="budget">How much work to do.</param>
    /// <param name="progress">Receives the finished share of the work; null for nobody.</param>
    /// <param name="cancel">Ends the work early; the curve then has fewer points.</param>
    public static CapacityCurve Of(
        Instance instance, Plan plan, int points, SolveBudget budget, IProgress<double>? progress = null, CancellationToken cancel = default) =>
        new CurveSearch(instance, plan, budget, cancel).Run(points, progress);

    /// <summary>The points that no other point dominates, by machine hours.</summary>
    internal static List<CurvePoint> WithoutDominated(IEnumerable<CurvePoint> points)
    {
        var kept = new List<CurvePoint>();
        foreach (var point in points.OrderBy(point => point.AddedMachineHours).ThenByDescending(point => point.Served))
        {
            if (kept.Count == 0 || point.Served > kept[^1].Served)
                kept.Add(point);
        }
        return kept;
    }

    /// <summary>The point farthest below the line from the first point to the last; the first where there is no such point.</summary>
    internal static int KneeOf(IReadOnlyList<CurvePoint> points)
    {
        var (hours, seats) = (points[^1].AddedMachineHours - points[0].AddedMachineHours, points[0].Unserved - points[^1].Unserved);
        var (knee, farthest) = (0, 0.0);
        for (var at = 1; at + 1 < points.Count; at++)
        {
            var distance = ((points[0].Unserved - points[at].Unserved) / (double)seats)
                - ((points[at].AddedMachineHours - points[0].AddedMachineHours) / hours);
            if (distance > farthest)
                (knee, farthest) = (at, distance);
        }
        return knee;
    }
}
