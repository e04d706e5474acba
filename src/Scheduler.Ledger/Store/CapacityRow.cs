using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A new capacity of a slot, and the slot's shortfall with this capacity.</summary>
internal readonly record struct CapacityRow(SlotHour Slot, int Capacity, int Shortfall);
