using Scheduler.Solver;

namespace Scheduler.Grains;

/// <summary>How much of a run each stage of the solver is.</summary>
internal static class SolverStages
{
    // Measured on generated seasons: the shares of a run at the beginning and at the end of each stage. The rest is checking, writing and reading.
    private static readonly Dictionary<string, (double Begin, double End)> _shares = new(StringComparer.Ordinal)
    {
        ["presolve"] = (0.02, 0.05),
        ["shortfall"] = (0.05, 0.07),
        ["mandatory"] = (0.07, 0.10),
        ["warm"] = (0.07, 0.10),
        ["price"] = (0.10, 0.20),
        ["construct"] = (0.20, 0.22),
        ["improve"] = (0.22, 0.50),
        ["refine"] = (0.50, 0.80),
        ["eject"] = (0.80, 0.82),
        ["share"] = (0.82, 0.95),
    };

    /// <summary>The progress after a step. A stage that this version does not know leaves the share as it was.</summary>
    public static PlanProgress After(PlanProgress before, SolveProgress step)
    {
        var (begin, end) = _shares.GetValueOrDefault(step.Stage);
        var share = begin + ((end - begin) * Math.Clamp(step.Done, 0, 1));
        return new(Math.Max(before.Share, share), step.Stage, step.Seconds, step.Value, step.Bound);
    }
}
