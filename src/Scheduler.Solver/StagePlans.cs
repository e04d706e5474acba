namespace Scheduler.Solver;

/// <summary>The plans of the stages from construct on. The last plan that passes the checker is the answer. A plan that does not pass is a fault of the solver:
/// the plan of the stage before then takes its place, and <see cref="Plan.CheckerFaults"/> says so.</summary>
internal sealed class StagePlans(SolveRun run)
{
    private readonly List<StagePlan> _plans = [];

    /// <summary>Runs one stage, reports the stage, and keeps its plan when the stage changed the plan.</summary>
    public void Stage(string name, Action work)
    {
        run.Stage(name, work);
        Keep(name, run.Value);
    }

    /// <summary>Runs the stage of sharing. The value before the stage stays the value before sharing.</summary>
    public void Share(Action work)
    {
        var before = run.Value;
        run.Stage("share", work);
        Keep("share", before);
    }

    /// <summary>Keeps the plan after a change that follows sharing. The value of this plan counts as the value before sharing.</summary>
    public void KeepAsUnshared()
    {
        run.RecomputeValue();
        Keep("eject", run.Value);
    }

    /// <exception cref="InvalidOperationException">No plan passes.</exception>
    public Plan LastThatPasses(Func<Plan, IReadOnlyList<string>> check)
    {
        var faults = new List<string>();
        for (var last = _plans.Count - 1; last >= 0; last--)
        {
            var kept = _plans[last];
            run.Incumbent.Restore((kept.Option, kept.Seats));
            var figures = new PlanFigures(run.Bound, kept.ValueBeforeSharing, run.Ratios.Worst(run.Incumbent));
            var plan = Assemble.Run(run.Season, run.Incumbent, run.Prices, figures, run.Budget, run.Stop.Reason, run.Reports);
            var found = check(plan);
            if (found.Count == 0)
                return plan with { CheckerFaults = faults };
            faults.Add($"{kept.Stage}: {string.Join("; ", found.Take(5))}");
        }
        throw new InvalidOperationException($"The plan does not pass the checker: {string.Join(" | ", faults)}");
    }

    private void Keep(string stage, double valueBeforeSharing)
    {
        var (option, seats) = run.Incumbent.Snapshot();
        if (_plans is not [.., var last] || !last.Option.AsSpan().SequenceEqual(option) || !last.Seats.AsSpan().SequenceEqual(seats))
            _plans.Add(new StagePlan(stage, option, seats, valueBeforeSharing));
    }

    private sealed record StagePlan(string Stage, int[] Option, int[] Seats, double ValueBeforeSharing);
}
