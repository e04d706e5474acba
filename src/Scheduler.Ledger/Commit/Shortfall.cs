namespace Scheduler.Ledger;

/// <summary>A slot's start, in whole minutes since 1970 UTC, and its seats booked and held beyond the capacity.</summary>
public readonly record struct Shortfall(int Minutes, int Seats);
