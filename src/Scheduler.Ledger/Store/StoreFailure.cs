namespace Scheduler.Ledger;

/// <summary>The meaning of a database exception for the changes of its transaction.</summary>
internal enum StoreFailure
{
    /// <summary>The transaction was rolled back. The cause is one of its changes, or a temporary state.</summary>
    RolledBack,

    /// <summary>The transaction was rolled back, and any other transaction would fail too at present (the disk is full, another process has a lock).</summary>
    Refused,

    /// <summary>The connection is usable, but the exception is unknown. The transaction may be in the ledger.</summary>
    InDoubt,

    /// <summary>The connection was lost. The transaction may be in the ledger.</summary>
    ConnectionLost,

    /// <summary>The disk cannot be trusted any more: the process stops.</summary>
    Fatal,
}
