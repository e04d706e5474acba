using Scheduler.Domain;
using Scheduler.Solver;
using PlanReading = Scheduler.Solver.PlanReading;

namespace Scheduler.Grains;

/// <summary>
/// The runs of one what-if. A plan that a second run starts from gets better by that run alone. So the season as it is has a second run too, beside that of
/// the changed season, and each of the two plans is taken for the other season where it is right and worth more there: what the answer shows as gained or lost
/// comes from the changes.
/// </summary>
/// <param name="solver">Runs the solver.</param>
/// <param name="season">The season as it is.</param>
/// <param name="changed">The season with the changes.</param>
/// <param name="seconds">The time limit of each run.</param>
/// <param name="cancellation">Ends the runs.</param>
internal sealed class WhatIfRuns(SolverProcess solver, PlanInstance season, PlanInstance changed, int seconds, CancellationToken cancellation)
{
    private readonly List<Solved> _solved = [];
    private PlanCause _cause = new(PlanCause.WrongPlan);

    /// <summary>The answer. The first run starts from an earlier plan, and is left out when that plan is right for the season as it is.</summary>
    public async Task<AdviceAnswer> Run(ReadOnlyMemory<byte> earlier)
    {
        var present = earlier.IsEmpty ? null : Read(season, earlier);
        if ((present ?? await Solve(season, earlier)) is not { } first)
            return new AdviceAnswer.Failed(_cause);
        if (await Task.WhenAll(Solve(changed, first.File), Solve(season, first.File)) is not [{ } after, { } second])
            return new AdviceAnswer.Failed(_cause);
        _solved.AddRange(first, after, second);
        var before = BetterOf(BetterOf(first, second, season), after, season);
        if (before != after && BetterOf(after, before, changed) == before)
        {
            // The plan for the season as it is would serve more with the changes too, so the search goes on from there.
            if (await Solve(changed, before.File) is not { } third)
                return new AdviceAnswer.Failed(_cause);
            _solved.Add(third);
            after = BetterOf(after, third, changed);
            before = BetterOf(before, after, season);
        }

        return new AdviceAnswer.Tried(
            PlanResults.Of(season, before.Plan), PlanResults.Of(changed, after.Plan) with { IsCutShort = _solved.Exists(IsCutShort) });
    }

    private static bool IsCutShort(Solved solved) => solved.Plan.StopReason != StopReason.Converged;

    /// <summary>The first plan, or the second where the second is right for the season and worth more.</summary>
    private static Solved BetterOf(Solved one, Solved other, PlanInstance season) =>
        other.Plan.Objective.Value > one.Plan.Objective.Value && PlanChecker.Faults(season.Instance, other.Plan).Count == 0 ? other : one;

    private async Task<Solved?> Solve(PlanInstance season, ReadOnlyMemory<byte> start)
    {
        var job = new SolverJob("solve", season.Instance, seconds);
        var outcome = await solver.Run(start.IsEmpty ? job : job.From(start), _ => { }, cancellation);
        if (outcome is not SolverOutcome.Done(var file))
        {
            _cause = ((SolverOutcome.Failed)outcome).Cause;
            return null;
        }

        return await BesideGrains.Run(() => Read(season, file), cancellation);
    }

    /// <summary>The plan of a file; null when it is no right plan for the season.</summary>
    private static Solved? Read(PlanInstance season, ReadOnlyMemory<byte> file) =>
        SolvedPlan.Read(file) is PlanReading.Read(var plan) && PlanChecker.Faults(season.Instance, plan).Count == 0 ? new(file, plan) : null;

    private sealed record Solved(ReadOnlyMemory<byte> File, Plan Plan);
}
