namespace Scheduler.Solver;

/// <summary>Re-adds the figures of a plan: value, cost, moves, seats, and that bound, gap and value agree.</summary>
internal static class FigureCheck
{
    public static void Run(Instance instance, Plan plan, List<Assignment>[] served, int[] sizes, FaultList faults)
    {
        var (value, cost, magnitude, moves, seats, asked) = (0.0, 0.0, 1.0, 0, 0L, 0L);
        for (var r = 0; r < served.Length; r++)
        {
            var request = instance.Requests[r];
            var size = sizes[r];
            asked += size;
            var moved = false;
            foreach (var row in served[r] ?? [])
            {
                var share = size == 0 ? 1.0 : row.Seats / (double)size;
                var move = request.Current is { } current && current.Candidate != row.Candidate ? current.MoveCost : 0;
                moved |= request.Current is { } sits && sits.Candidate != row.Candidate;
                var lost = (request.Candidates[row.Candidate].Cost + move) * share;
                value += (request.Value * share) - lost;
                cost += lost;
                magnitude += Math.Abs(request.Value) + Math.Abs(lost);
                seats += row.Seats;
            }
            moves += moved ? 1 : 0;
        }
        var tolerance = 1e-9 * magnitude;
        var objective = plan.Objective;
        Same("value", value, objective.Value, tolerance, faults);
        Same("cost", cost, objective.Cost, tolerance, faults);
        Same("moves", moves, objective.Moves, 0, faults);
        Same("servedSeats", seats, objective.ServedSeats, 0, faults);
        Same("requestedSeats", asked, objective.RequestedSeats, 0, faults);
        Same("gap", Gap(objective.Bound, objective.Value), objective.Gap, 1e-9, faults);
        Same("gapBeforeSharing", Gap(objective.Bound, objective.ValueBeforeSharing), objective.GapBeforeSharing, 1e-9, faults);
        if (objective.Bound < objective.Value - tolerance || objective.Bound < objective.ValueBeforeSharing - tolerance || !double.IsFinite(objective.Bound))
            faults.Add($"objective: the bound {objective.Bound} is below a value that was reached");
        var floor = objective.ValueBeforeSharing - (instance.FairnessSlack * Math.Abs(objective.ValueBeforeSharing));
        if (objective.Value < floor - tolerance)
            faults.Add($"objective: {objective.ValueBeforeSharing} before sharing, {objective.Value} after: more than the slack was given up");
        if (plan.ShadowPrices.Any(row => !(row.Price > 0) || !double.IsFinite(row.Price)))
            faults.Add($"shadowPrices: not above 0");
        if (plan.Instance != instance.Name || plan.Format != Plan.FormatWord)
            faults.Add($"instance: not the name of this instance, or not this format");
    }

    private static double Gap(double bound, double value) => bound == 0 ? (value == 0 ? 0 : double.NaN) : (bound - value) / Math.Abs(bound);

    private static void Same(string figure, double counted, double written, double tolerance, FaultList faults)
    {
        // A bound of exactly 0 with another value leaves the gap undefined; the plan writes 0 then.
        if (!double.IsNaN(counted) && !(Math.Abs(counted - written) <= tolerance))
            faults.Add($"objective.{figure}: {written} written, {counted} counted");
    }
}
