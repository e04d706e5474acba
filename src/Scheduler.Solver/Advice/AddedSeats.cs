using NodaTime;

namespace Scheduler.Solver;

/// <summary>Seats added to the capacity of one slot.</summary>
/// <param name="Pool">Id of the pool.</param>
/// <param name="Start">Start of the slot.</param>
/// <param name="Seats">Seats, at least 1.</param>
public readonly record struct AddedSeats(string Pool, Instant Start, long Seats);
