using NodaTime;

namespace Scheduler.Solver;

/// <summary>A change of capacity in the slots of a pool that begin within an interval.</summary>
/// <param name="Pool">Id of the pool.</param>
/// <param name="From">Start of the interval.</param>
/// <param name="To">End of the interval, not included.</param>
/// <param name="Seats">Seats added to each slot's capacity, which never falls below 0; negative to remove seats.</param>
public sealed record CapacityChange(string Pool, Instant From, Instant To, int Seats);
