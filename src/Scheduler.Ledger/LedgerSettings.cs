using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The place of the ledger, and its limits.</summary>
public sealed record LedgerSettings
{
    /// <summary>Name of the SQLite database in its folder.</summary>
    public const string FileName = "ledger.db";

    /// <summary>Folder of the SQLite database; used when <see cref="ConnectionString"/> is null.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>Connection string of a PostgreSQL database that silos share; null for SQLite.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>The highest number of changes in one transaction.</summary>
    public int BatchChanges { get; init; } = Limits.BatchChanges;

    /// <summary>The highest number of changes that wait; beyond this number a change gets <see cref="CommitOutcome.Busy"/>.</summary>
    public int WaitingChanges { get; init; } = Limits.WaitingChanges;

    /// <summary>The number of concurrent committers, each with its own connection. PostgreSQL only: SQLite has one writer.</summary>
    public int Committers { get; init; } = 2;

    /// <summary>The time for pauses between retries and for polling; rules never use this time.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Stops the process when the disk can no longer be trusted (a failed fsync, a damaged file). After such an error the content of the kernel's cache is
    /// unknown, so the ledger could acknowledge a change that is lost. The default ends the process at once; tests set another action.
    /// </summary>
    public Action<string> Stop { get; init; } = Environment.FailFast;
}
