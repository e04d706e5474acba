using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Shows the progress of a back-up or a restore.</summary>
internal sealed class CopyReport(ProgressDisplay display) : IProgress<CopyStep>
{
    /// <inheritdoc />
    public void Report(CopyStep value) => display.Report(new(value.Stage, ProcessClock.Seconds, value.Done));
}
