using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Where the ledger lives, and its bounds.</summary>
public sealed record LedgerSettings
{
    /// <summary>Folder of the SQLite database; used when <see cref="ConnectionString"/> is null.</summary>
    public string? DataDirectory { get; init; }

    /// <summary>PostgreSQL, shared by silos, when set.</summary>
    public string? ConnectionString { get; init; }

    /// <summary>Changes that share one transaction, at most.</summary>
    public int BatchChanges { get; init; } = Limits.BatchChanges;

    /// <summary>Changes that wait, at most; past it <see cref="CommitOutcome.Busy"/>.</summary>
    public int WaitingChanges { get; init; } = Limits.WaitingChanges;

    /// <summary>Committers side by side, each on its own connection. PostgreSQL only: SQLite has one writer.</summary>
    public int Committers { get; init; } = 2;

    /// <summary>Time for back-off and polling; never for rules.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>
    /// Stops the process when the disk can no longer be trusted (a failed fsync, a damaged file): what the kernel holds after that is unknown, and going on could acknowledge what is lost.
    /// The default ends it at once; tests put their own.
    /// </summary>
    public Action<string> Stop { get; init; } = Environment.FailFast;
}
