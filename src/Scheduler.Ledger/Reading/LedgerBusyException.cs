namespace Scheduler.Ledger;

/// <summary>Too many reads wait already. This read was not tried. A later call may succeed.</summary>
public sealed class LedgerBusyException() : Exception("Too many reads wait for the ledger.");
