namespace Scheduler.Domain;

/// <summary>The figures of a slot at one moment.</summary>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Free">Seats without a booking or live hold; below 0 in a shortfall.</param>
public readonly record struct SlotFigures(int Capacity, int Free);
