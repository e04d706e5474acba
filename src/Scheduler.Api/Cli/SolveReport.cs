using Scheduler.Solver;

namespace Scheduler.Api;

/// <summary>Shows the progress of a solve.</summary>
internal sealed class SolveReport(ProgressDisplay display) : IProgress<SolveProgress>
{
    /// <inheritdoc />
    public void Report(SolveProgress value) => display.Report(new(value.Stage, value.Seconds, value.Done, value.Value, value.Bound));
}
