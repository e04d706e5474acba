namespace Scheduler.Ledger;

/// <summary>Seats of lapsed holds in the slot that starts <paramref name="Minutes"/> minutes after the start of 1970 UTC.</summary>
public readonly record struct LapsedSeats(int Minutes, int Seats);
