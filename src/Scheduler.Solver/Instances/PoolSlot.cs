using NodaTime;

namespace Scheduler.Solver;

/// <summary>Seats offered in one slot.</summary>
/// <param name="Start">When the slot begins.</param>
/// <param name="Capacity">Seats, 0 or more.</param>
public readonly record struct PoolSlot(Instant Start, int Capacity);
