using System.Globalization;
using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Runs CP-SAT so that the answer does not depend on threads or clock: one worker, fixed seed, bounded in deterministic time. The clock and the caller can
/// only cut it short.</summary>
internal sealed class ExactSolve(long seed, StopSignal stop)
{
    public CpSolver Solver { get; private set; } = new();

    /// <summary>Work of the last solve, counted.</summary>
    public double DeterministicSeconds => Solver.Response?.DeterministicTime ?? 0;

    /// <summary>Solves the model, from its hint on.</summary>
    /// <param name="model">The model.</param>
    /// <param name="deterministicSeconds">Work to do at most, counted.</param>
    /// <param name="parameters">More of CP-SAT's parameters, each with a comma behind it.</param>
    public CpSolverStatus Run(CpModel model, double deterministicSeconds, string parameters = "")
    {
        // A hair more than is left, so that whoever asks the signal afterwards finds it set.
        var seconds = Math.Min(stop.SecondsLeft + 0.002, 3_600).ToString("0.###", CultureInfo.InvariantCulture);
        Solver = new CpSolver
        {
            StringParameters = string.Create(CultureInfo.InvariantCulture,
                $"{parameters}num_workers:1,random_seed:{seed & 0x7fffffff},max_deterministic_time:{deterministicSeconds},max_time_in_seconds:{seconds},log_search_progress:false"),
        };
        if (stop.IsSet)
            return CpSolverStatus.Unknown;
        var solver = Solver;
        using var registration = stop.Token.Register(solver.StopSearch);
        var status = solver.Solve(model);
        GC.KeepAlive(solver);
        return status;
    }

    public static bool HasAnswer(CpSolverStatus status) => status is CpSolverStatus.Optimal or CpSolverStatus.Feasible;
}
