namespace Scheduler.Ledger;

/// <summary>The progress of a back-up or a restore.</summary>
/// <param name="Stage"><c>copy</c> or <c>check</c>.</param>
/// <param name="Done">The finished share of the stage, 0 to 1.</param>
public readonly record struct CopyStep(string Stage, double Done)
{
    internal const string Copy = "copy";
    internal const string Check = "check";
}
