using NodaTime;

namespace Scheduler.Solver;

/// <summary>One way to serve a request.</summary>
/// <param name="Pool">Id of the pool.</param>
/// <param name="Start">Start of its first slot, on the pool's grid.</param>
/// <param name="Seats">Seats taken in each successive slot, 0 or more each.</param>
/// <param name="Cost">The loss of value against the ideal candidate.</param>
public readonly record struct Candidate(string Pool, Instant Start, IReadOnlyList<int> Seats, double Cost);
