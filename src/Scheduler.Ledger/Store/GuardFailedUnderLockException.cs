namespace Scheduler.Ledger;

/// <summary>A guard failed on rows that were read under lock. The lock should make this impossible, so this is a bug.</summary>
internal sealed class GuardFailedUnderLockException() : Exception("A guard failed on rows that were read under lock.");
