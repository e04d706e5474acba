using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The seats that one change adds to a slot (positive) or frees (negative). Confirming a hold of n seats is (+n, −n).</summary>
public readonly record struct SlotDelta(SlotHour Slot, int Booked, int Held);
