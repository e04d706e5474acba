using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Which changes to show.</summary>
public sealed record AuditQuery
{
    /// <summary>Only this subject.</summary>
    public ChangeSubject? Subject { get; init; }

    /// <summary>Only these institutions; null for all, and for the changes of the operator.</summary>
    public IReadOnlyCollection<InstitutionId>? Institutions { get; init; }

    /// <summary>Only changes decided at or after this instant.</summary>
    public Instant? From { get; init; }

    /// <summary>Only changes decided before this instant.</summary>
    public Instant? To { get; init; }

    /// <summary>The cursor of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The highest number of entries on the page.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;
}
