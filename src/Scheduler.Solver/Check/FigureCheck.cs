namespace Scheduler.Solver;

/// <summary>Adds up the figures of a plan (value, cost, moves, seats) and checks that bound, gap and value agree. One part for each chunk of
/// requests.</summary>
internal struct FigureCheck
{
    private double _value;
    private double _cost;
    private double _magnitude;
    private int _moves;
    private long _seats;
    private long _asked;

    public void Add(Request request, ReadOnlySpan<Assignment> rows, int size)
    {
        _asked += size;
        var moved = false;
        foreach (ref readonly var row in rows)
        {
            var share = size == 0 ? 1.0 : row.Seats / (double)size;
            var move = request.Current is { } current && current.Candidate != row.Candidate ? current.MoveCost : 0;
            moved |= request.Current is { } sits && sits.Candidate != row.Candidate;
            var lost = (request.Candidates[row.Candidate].Cost + move) * share;
            _value += (request.Value * share) - lost;
            _cost += lost;
            _magnitude += Math.Abs(request.Value) + Math.Abs(lost);
            _seats += row.Seats;
        }
        _moves += moved ? 1 : 0;
    }

    public static void Check(Instance instance, Plan plan, ReadOnlySpan<FigureCheck> parts, FaultList faults)
    {
        var all = default(FigureCheck);
        foreach (ref readonly var part in parts)
        {
            (all._value, all._cost, all._magnitude) = (all._value + part._value, all._cost + part._cost, all._magnitude + part._magnitude);
            (all._moves, all._seats, all._asked) = (all._moves + part._moves, all._seats + part._seats, all._asked + part._asked);
        }
        var tolerance = 1e-9 * all._magnitude;
        var objective = plan.Objective;
        Same("value", all._value, objective.Value, tolerance, faults);
        Same("cost", all._cost, objective.Cost, tolerance, faults);
        Same("moves", all._moves, objective.Moves, 0, faults);
        Same("servedSeats", all._seats, objective.ServedSeats, 0, faults);
        Same("requestedSeats", all._asked, objective.RequestedSeats, 0, faults);
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
        // With a bound of 0 and another value the gap is undefined. The plan then says 0.
        if (!double.IsNaN(counted) && !(Math.Abs(counted - written) <= tolerance))
            faults.Add($"objective.{figure}: {written} written, {counted} counted");
    }
}
