using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A record of a change: who made the change, when, the state before and after, and why (R15).</summary>
internal sealed record RecordView
{
    public required string Id { get; init; }

    public required string Who { get; init; }

    public required Instant When { get; init; }

    public required string What { get; init; }

    public required string Subject { get; init; }

    public required InstitutionId? Institution { get; init; }

    public required object? Before { get; init; }

    public required object? After { get; init; }

    public required string? Why { get; init; }

    public static RecordView Of(AuditRow row) => new()
    {
        Id = row.Id,
        Who = row.Who,
        When = row.At,
        What = ChangeKinds.Text(row.Kind),
        Subject = row.Subject,
        Institution = row.Institution,
        Before = SnapshotView.Of(row.Before),
        // The snapshot after a change is stored for repeats of the call. After a key was revoked, there is no state to show.
        After = row.Kind == ChangeKind.ApiKeyRevoked ? null : SnapshotView.Of(row.After),
        Why = row.Why,
    };
}
