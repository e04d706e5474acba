using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>R15: a change as the audit shows it.</summary>
public sealed record AuditRow
{
    /// <summary>The id, which stays the same after a crash. Receivers use the id to ignore repeats.</summary>
    public required string Id { get; init; }

    /// <summary>When the change was decided.</summary>
    public required Instant At { get; init; }

    /// <summary>The principal's id.</summary>
    public required string Who { get; init; }

    /// <summary>What happened; <see cref="ChangeKind.Unknown"/> for a kind of a later version.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The kind's word as the ledger stores it, also for a kind of a later version.</summary>
    public required string KindText { get; init; }

    /// <summary>The id of the changed subject, without its kind.</summary>
    public required string Subject { get; init; }

    /// <summary>The kind and the id of the changed subject, as <see cref="ChangeSubject"/> writes them.</summary>
    public string FullSubject => SubjectKinds.Text(KindText, Subject);

    /// <summary>The institution concerned; null for changes of the operator.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>The subject before the change; null when the subject did not exist.</summary>
    public Snapshot? Before { get; init; }

    /// <summary>The subject after the change; null when the subject no longer exists.</summary>
    public Snapshot? After { get; init; }

    /// <summary>In a notice of an operator's change of a capacity: the institution's bookings that the change left short of seats. Empty elsewhere.</summary>
    public ImmutableArray<BookingId> Bookings { get; init; } = [];

    /// <summary>Whether an operator overrode a rule or forced a capacity.</summary>
    public bool IsForced { get; init; }

    /// <summary>The reason given.</summary>
    public string? Why { get; init; }
}
