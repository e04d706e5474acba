namespace Scheduler.Ledger;

/// <summary>A slot at an instant.</summary>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Free">Capacity less the seats of bookings and live holds; below 0 in a shortfall.</param>
/// <param name="HasLapsed">Whether a hold in the slot has lapsed and is not swept yet.</param>
public readonly record struct SlotView(int Capacity, int Free, bool HasLapsed);
