using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The row of a change of another process.</summary>
internal sealed record FeedRow
{
    public required int Committer { get; init; }

    public required long Sequence { get; init; }

    public required long Position { get; init; }

    public required ChangeKind Kind { get; init; }

    public required string Subject { get; init; }

    public required InstitutionId? Institution { get; init; }

    public required string Touched { get; init; }
}
