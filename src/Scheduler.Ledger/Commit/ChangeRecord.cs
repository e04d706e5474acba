using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>R15: who did what when, from what to what, and why.</summary>
public sealed record ChangeRecord
{
    /// <summary>When the change was decided.</summary>
    public required Instant At { get; init; }

    /// <summary>The principal's id.</summary>
    public required string Who { get; init; }

    /// <summary>What happened.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The id of the changed subject, as callers write the id; <c>policy</c> for the policy.</summary>
    public required string Subject { get; init; }

    /// <summary>The institution concerned; null for changes of the operator.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>The subject before the change; null when the subject did not exist.</summary>
    public Snapshot? Before { get; init; }

    /// <summary>
    /// The subject after the change, which is also the answer to a repeat; null when the subject no longer exists. The ledger adds the shortfalls of a <see
    /// cref="CapacitySnapshot"/>, because only the commit can calculate the shortfalls.
    /// </summary>
    public Snapshot? After { get; init; }

    /// <summary>The reason given.</summary>
    public string? Why { get; init; }

    /// <summary>The idempotency key of the call; null without one.</summary>
    public IdempotencyStamp? Stamp { get; init; }

    /// <summary>Whether the institution gets a notice of this change (the outbox). The row stays marked as a notice after the delivery.</summary>
    public bool Notice { get; init; }
}
