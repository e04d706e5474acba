using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A slot, and the seats that are taken in it.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Capacity">The capacity.</param>
/// <param name="Booked">Seats of confirmed bookings.</param>
/// <param name="Held">Seats of live holds.</param>
public readonly record struct SlotTaken(SlotHour Slot, int Capacity, int Booked, int Held);
