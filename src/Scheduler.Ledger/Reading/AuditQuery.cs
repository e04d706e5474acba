using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Which changes to show, and in which order.</summary>
public sealed record AuditQuery
{
    /// <summary>Only this subject.</summary>
    public ChangeSubject? Subject { get; init; }

    /// <summary>Only subjects with one of these ids, of any kind; null for all. Not together with <see cref="Subject"/>.</summary>
    public IReadOnlyCollection<string>? SubjectIds { get; init; }

    /// <summary>Only changes of these authors, by the texts that the ledger stores; null for all.</summary>
    public IReadOnlyCollection<string>? Who { get; init; }

    /// <summary>Only changes of these kinds; null for all.</summary>
    public IReadOnlyCollection<ChangeKind>? Kinds { get; init; }

    /// <summary>Without the changes that only count refusals. A server writes them each minute in which calls were refused.</summary>
    public bool HidesRefusalCounts { get; init; }

    /// <summary>Only overrides of a rule and forced capacities.</summary>
    public bool OnlyForced { get; init; }

    /// <summary>Only changes of bookings. Needs <see cref="Institutions"/>.</summary>
    public bool OnlyBookings { get; init; }

    /// <summary>Only these institutions; null for all, and for the changes of the operator.</summary>
    public IReadOnlyCollection<InstitutionId>? Institutions { get; init; }

    /// <summary>Only changes decided at or after this instant.</summary>
    public Instant? From { get; init; }

    /// <summary>Only changes decided before this instant.</summary>
    public Instant? To { get; init; }

    /// <summary>Whether the newest change comes first.</summary>
    public bool IsNewestFirst { get; init; }

    /// <summary>The cursor of the page before; null for the first page.</summary>
    public string? Cursor { get; init; }

    /// <summary>The highest number of entries on the page.</summary>
    public int Limit { get; init; } = Limits.DefaultPageSize;
}
