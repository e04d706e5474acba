using System.Diagnostics;

namespace Scheduler.Solver;

/// <summary>Answers questions about a plan, one after the other.</summary>
internal sealed class AdviceRun(Instance instance, Plan plan, SolveBudget budget, IProgress<SolveProgress>? progress, CancellationToken cancel)
{
    private readonly long _started = Stopwatch.GetTimestamp();
    private readonly StopSignal _stop = new(budget.TimeLimit, cancel);

    public Advice Run(AdviceQuestions questions)
    {
        var comparison = questions.Comparison ? Stage("comparison", Compare) : null;
        var receipts = questions.Receipts ? Stage("receipts", () => Receipts.Of(instance, plan)) : null;
        var whatIf = questions.Changes is { } changes
            ? Stage("what-if", () => WhatIfAnswer.Of(Solver.WhatIf.Run(instance, plan, changes, Left(), cancel)))
            : null;
        var curve = questions.CurvePoints > 0 ? Stage("curve", () => Curve(questions.CurvePoints)) : null;
        var least = curve?.LeastCapacity ?? (questions.Capacity ? Stage("capacity", () => LeastCapacity.Of(instance, plan, Left(), cancel)) : null);
        _ = _stop.IsSet;
        return new Advice
        {
            Instance = instance.Name, Objective = plan.Objective, Comparison = comparison, Receipts = receipts, WhatIf = whatIf, LeastCapacity = least,
            Curve = curve, ShadowPrices = plan.ShadowPrices, StopReason = _stop.Reason,
        };
    }

    private PlanComparison Compare() => PlanComparison.Of(instance, plan, FirstComeFirstServed.Run(instance, budget.Threads, cancel), cancel);

    private CapacityCurve Curve(int points) =>
        CapacityCurve.Of(instance, plan, points, Left(), progress is null ? null : new Share(done => Report("curve", done)), cancel);

    /// <summary>The budget with the time that is left.</summary>
    private SolveBudget Left() => budget.TimeLimit is null ? budget : budget with { TimeLimit = TimeSpan.FromSeconds(Math.Max(0.01, _stop.SecondsLeft)) };

    private T Stage<T>(string name, Func<T> work)
    {
        Report(name, 0);
        var answer = work();
        Report(name, 1);
        return answer;
    }

    private void Report(string stage, double done) => progress?.Report(new SolveProgress(
        stage, Stopwatch.GetElapsedTime(_started).TotalSeconds, plan.Objective.Value, plan.Objective.Bound, done));

    private sealed class Share(Action<double> report) : IProgress<double>
    {
        public void Report(double value) => report(value);
    }
}
