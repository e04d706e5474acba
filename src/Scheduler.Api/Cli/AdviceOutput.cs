using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>Answers the questions of the verb <c>advise</c>, and writes the answers.</summary>
internal static class AdviceOutput
{
    /// <summary>Writes the answers. Returns null, or why there are none.</summary>
    public static async Task<string?> Write(
        SolveOptions options, Instance instance, Plan? given, SolveBudget budget, SolveReport report, Stream file, CancellationToken cut)
    {
        if (options.Advice!.Read(instance, out var questions) is { } wrong)
            return wrong;
        var faults = given is null ? [] : PlanChecker.Faults(instance, given);
        if (faults.Count > 0)
            return $"{options.Warm}: not a plan of this instance: {faults[0]}";
        var plan = given ?? PlanSolver.Solve(instance, budget, report, null, cut);
        await AdviceFile.Write(Advice.Of(instance, plan, questions, budget, report, cut), file, CancellationToken.None);
        return null;
    }
}
