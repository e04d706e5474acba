namespace Scheduler.Domain;

/// <summary>Why an entry of a plan is stale, beside the codes of refusals (<see cref="Refusal.Code"/>).</summary>
public static class StaleReason
{
    /// <summary>The request or the booking has changed since the plan saw it, or it ended.</summary>
    public const string Changed = "changed";

    /// <summary>The institution, the exam or the pool is not in the catalogue any more, or was never there.</summary>
    public const string Unknown = "unknown";
}
