namespace Scheduler.Ledger;

/// <summary>Why a database could lose acknowledged changes.</summary>
public enum UnsafeReason
{
    /// <summary>The connection does not keep its session: a pooler gives each transaction, or each statement, some backend. Locks and settings are
    /// lost.</summary>
    SessionNotKept,

    /// <summary><c>synchronous_commit</c> is off where the ledger commits, although the ledger has set it to on.</summary>
    CommitNotSynchronous,

    /// <summary><c>fsync</c> is off on the server.</summary>
    FsyncOff,
}
