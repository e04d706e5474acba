using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Solves some requests again, all at once, in the room that they and nobody else hold: one CP-SAT model of the kept options, with a hint and a full
/// linear relaxation.</summary>
internal static class LargeNeighbourhoodStep
{
    // Level 2 puts the whole model into the linear relaxation.
    private const string FullRelaxation = "linearization_level:2,";

    /// <summary>Accepts the answer when no request that must stay is lost, and it serves more mandatory value or gains value (with <paramref
    /// name="acceptsEqual"/> also when the value stays the same). Undoes it otherwise.</summary>
    /// <param name="view">The plan.</param>
    /// <param name="solve">Runs the model.</param>
    /// <param name="requests">Requests to solve, in ascending order.</param>
    /// <param name="kept">Options of the model; the options in use are among them.</param>
    /// <param name="deterministicSeconds">Limit of the counted work.</param>
    /// <param name="acceptsEqual">Whether an answer of equal value is accepted.</param>
    public static StepGain Run(Incumbent view, ExactSolve solve, int[] requests, HashSet<int> kept, double deterministicSeconds, bool acceptsEqual)
    {
        var table = view.Table;
        var log = new StepLog(view, null);
        log.Begin();
        foreach (var r in requests)
            log.Record(r);
        bool MustServe(int r) => table.Service[r] == ServiceClass.Current || (table.Service[r] == ServiceClass.Mandatory && view.IsServed(r));
        var model = new ExactModel(view, requests, MustServe, kept.Contains);
        if (model.Excess.Count > 0)
            return default;
        double NetValue(int r, int option) => table.NetValue[option];
        model.Model.Maximize(model.Sum(NetValue, model.ScaleOf(NetValue)));
        var status = solve.Run(model.Model, deterministicSeconds, FullRelaxation);
        var isProven = status == CpSolverStatus.Optimal;
        if (!ExactSolve.HasAnswer(status))
            return new StepGain(0, 0, isProven);
        model.Apply(solve.Solver);
        var (mandatory, value, isLost) = log.Change();
        if (!isLost && mandatory >= 0 && (mandatory > 0 || value > 0 || (acceptsEqual && value == 0)))
            return new StepGain(mandatory, value, isProven);
        log.Undo();
        return new StepGain(0, 0, isProven);
    }
}
