using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>Answers the questions of the verb <c>advise</c>, and writes the answers.</summary>
internal static class AdviceOutput
{
    // The share of the time limit for the plan that the questions start from, when none is given. Each answer is a solved plan of its own.
    private const double SolvingShare = 0.2;

    /// <summary>Writes the answers. Returns null, or why there are none.</summary>
    public static async Task<string?> Write(
        SolveOptions options, Instance instance, Plan? given, SolveBudget budget, SolveReport report, Stream file, CancellationToken cut)
    {
        if (options.Advice!.Read(instance, out var questions) is { } wrong)
            return wrong;
        var faults = given is null ? [] : PlanChecker.Faults(instance, given);
        if (faults.Count > 0)
            return $"{options.Warm}: not a plan of this instance: {faults[0]}";
        var plan = given;
        if (plan is null)
        {
            plan = PlanSolver.Solve(instance, budget with { TimeLimit = budget.TimeLimit * SolvingShare }, report, null, cut);
            budget = budget with { TimeLimit = budget.TimeLimit * (1 - SolvingShare) };
        }

        await AdviceFile.Write(Advice.Of(instance, plan, questions, budget, report, cut), file, CancellationToken.None);
        return null;
    }
}
