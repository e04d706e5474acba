using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Which bookings to come, live holds and waiting requests to count; the default counts all. Every member that is set must hold.</summary>
public sealed record ToComeFilter
{
    /// <summary>Only of this exam.</summary>
    public ExamId? Exam { get; init; }

    /// <summary>Only in this pool.</summary>
    public PoolId? Pool { get; init; }

    /// <summary>Only of this institution.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>Only blocks that start at or after these minutes since 1970 UTC.</summary>
    public int? FromMinutes { get; init; }

    /// <summary>Only blocks that start before these minutes since 1970 UTC.</summary>
    public int? ToMinutes { get; init; }

    /// <summary>Only bookings and holds of which this is true; null for all.</summary>
    public Func<ToComeBlock, bool>? Blocks { get; init; }

    /// <summary>Only waitlist entries of which this is true; null for all.</summary>
    public Func<ToComeBlock, bool>? Requests { get; init; }

    /// <summary>
    /// Only flexible requests with a window of which this is true. Null for all, or for none when one of the members above names a time.
    /// </summary>
    public Func<RequestWindow, bool>? Windows { get; init; }
}
