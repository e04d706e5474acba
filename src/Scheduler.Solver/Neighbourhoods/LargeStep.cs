namespace Scheduler.Solver;

/// <summary>Solves some requests anew, all at once, in the room that they and nobody else hold: one hinted model of the options kept, with a full linear relaxation.</summary>
internal static class LargeStep
{
    /// <summary>Takes the answer when nothing that must stay is lost and, unless more that is mandatory is served, its gain is at least so much; puts everything back else.</summary>
    /// <param name="view">Where things stand.</param>
    /// <param name="solve">Runs the model.</param>
    /// <param name="set">Requests to solve, in ascending order.</param>
    /// <param name="kept">Options that they may use, those held among them.</param>
    /// <param name="deterministicSeconds">Work to do at most, counted.</param>
    /// <param name="leastGain">What the answer must gain in value to be taken.</param>
    /// <returns>What was gained in mandatory value and in value, both 0 when the answer was not taken, and whether the answer was proven to be best.</returns>
    public static (double Mandatory, double Value, bool IsProven) Run(Incumbent view, ExactSolve solve, int[] set, HashSet<int> kept, double deterministicSeconds, double leastGain)
    {
        var table = view.Table;
        var log = new StepLog(view, null);
        log.Begin();
        foreach (var r in set)
            log.Watch(r);
        var model = new ExactModel(view, set, r => table.Duty[r] == Duty.Sits || (table.Duty[r] == Duty.Mandatory && view.IsServed(r)), kept.Contains);
        if (model.Excess.Count > 0)
            return default;
        double Worth(int r, int option) => table.Worth[option];
        model.Model.Maximize(model.Sum(Worth, model.ScaleOf(Worth)));
        var status = solve.Run(model.Model, deterministicSeconds, "linearization_level:2,");
        var isProven = status == Google.OrTools.Sat.CpSolverStatus.Optimal;
        if (!ExactSolve.HasAnswer(status))
            return (0, 0, isProven);
        model.Apply(solve.Solver);
        var (mandatory, value, isLost) = log.Change();
        if (!isLost && mandatory >= -1e-9 && (mandatory > 1e-9 || value >= leastGain))
            return (mandatory, value, isProven);
        log.Undo();
        return (0, 0, isProven);
    }
}
