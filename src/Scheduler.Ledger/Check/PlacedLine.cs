using NodaTime;

namespace Scheduler.Ledger;

/// <summary>A change that gave a booking or a hold its block, by position in the order of commits.</summary>
internal sealed record PlacedLine
{
    public required long Position { get; init; }

    public required Instant At { get; init; }

    public required string Kind { get; init; }

    public required string Subject { get; init; }

    public required Snapshot? After { get; init; }
}
