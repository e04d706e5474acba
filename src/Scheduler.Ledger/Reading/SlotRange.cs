using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Slots of a pool with <paramref name="FromMinutes"/> ≤ start &lt; <paramref name="ToMinutes"/>, in whole minutes since 1970 UTC.</summary>
public readonly record struct SlotRange(PoolId Pool, int FromMinutes, int ToMinutes);
