using NodaTime;

namespace Scheduler.Solver;

/// <summary>The tightest obstacle of one candidate.</summary>
/// <param name="Pool">The candidate's pool.</param>
/// <param name="Start">Start of the slot.</param>
/// <param name="SeatsMissing">Seats needed there less the room that the plan leaves.</param>
/// <param name="Limit">The limit of the institution that has no room; null for the pool.</param>
public readonly record struct Blocked(string Pool, Instant Start, long SeatsMissing, LimitKind? Limit);
