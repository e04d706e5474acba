using System.Globalization;
using Google.OrTools.Sat;

namespace Scheduler.Solver;

/// <summary>Runs CP-SAT so that the answer depends on neither threads nor clock: one worker, a fixed seed, a limit in deterministic time. The time limit and
/// the caller can only stop it early.</summary>
internal sealed class ExactSolve(long seed, StopSignal stop)
{
    public CpSolver Solver { get; private set; } = new();

    /// <summary>Deterministic time of the last solve.</summary>
    public double DeterministicSeconds => Solver.Response?.DeterministicTime ?? 0;

    /// <summary>Solves the model, starting from its hint.</summary>
    /// <param name="model">The model.</param>
    /// <param name="deterministicSeconds">Limit of the counted work.</param>
    /// <param name="parameters">More parameters of CP-SAT, each followed by a comma.</param>
    public CpSolverStatus Run(CpModel model, double deterministicSeconds, string parameters = "")
    {
        // Slightly more than is left, so that the signal is set when the solve returns.
        var seconds = Math.Min(stop.SecondsLeft + 0.002, 3_600).ToString("0.###", CultureInfo.InvariantCulture);
        Solver = new CpSolver
        {
            StringParameters = parameters + string.Create(CultureInfo.InvariantCulture,
                $"num_workers:1,random_seed:{seed & 0x7fffffff},max_deterministic_time:{deterministicSeconds},max_time_in_seconds:{seconds}"),
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
