namespace Scheduler.Ledger;

/// <summary>The database does not answer. A later call may succeed.</summary>
public sealed class LedgerUnreachableException(string why, Exception? cause) : Exception(why, cause);
