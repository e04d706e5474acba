using System.Diagnostics;

namespace Scheduler.Solver;

/// <summary>What the stages of one solve share: budget, stop signal, value and bound so far, and the report of each stage.</summary>
internal sealed class SolveRun(SolveBudget budget, IProgress<SolveProgress>? progress, StopSignal stop)
{
    private string _stage = "";

    public SolveBudget Budget => budget;

    public StopSignal Stop => stop;

    public double Value { get; set; }

    public double Bound { get; set; } = double.PositiveInfinity;

    public List<StageReport> Reports { get; } = [];

    public T Stage<T>(string name, Func<T> work)
    {
        var started = Stopwatch.GetTimestamp();
        _stage = name;
        var result = work();
        Reports.Add(new StageReport(name, Math.Round(Stopwatch.GetElapsedTime(started).TotalSeconds, 3), Value, double.IsFinite(Bound) ? Bound : Value));
        Tell(1);
        return result;
    }

    public void Tell(double done) => progress?.Report(new SolveProgress(_stage, stop.Seconds, Value, double.IsFinite(Bound) ? Bound : null, done));
}
