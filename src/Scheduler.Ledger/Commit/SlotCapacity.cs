namespace Scheduler.Ledger;

/// <summary>A slot's start, in whole minutes since 1970 UTC, and its capacity in seats.</summary>
public readonly record struct SlotCapacity(int Minutes, int Capacity);
