using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>How the changes that other processes make to accounts and invitations are read.</summary>
internal sealed record AccountReading
{
    /// <summary>Reads one row.</summary>
    public required Func<PrivateKind, string, CancellationToken, Task<PrivateRow?>> Row { get; init; }

    /// <summary>How long ago other processes' changes were read.</summary>
    public required Func<TimeSpan> Silence { get; init; }

    /// <summary>The pauses between failed readings.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Reads from the ledger.</summary>
    public static AccountReading Of(SeatLedger ledger) => new() { Row = ledger.Read.PrivateRow, Silence = () => ledger.Feed.Age };
}
