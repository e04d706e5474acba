namespace Scheduler.Ledger;

/// <summary>A PostgreSQL database, or a pooler in front of it, could lose a change that the ledger has acknowledged. The ledger takes no changes
/// there.</summary>
public sealed class LedgerUnsafeException(UnsafeReason reason, string found, Exception? cause = null)
    : Exception($"Acknowledged changes would not be safe in this database: {reason} ({found}).", cause)
{
    /// <summary>Why changes would not be safe.</summary>
    public UnsafeReason Reason => reason;

    /// <summary>What was found, for the log: a setting with its value, or backends.</summary>
    public string Found => found;
}
