namespace Scheduler.Ledger;

/// <summary>R13: a caller's key, and a hash of method, path and canonical body.</summary>
public sealed record IdempotencyStamp(string Caller, string Key, string Hash);
