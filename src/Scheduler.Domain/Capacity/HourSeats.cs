using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// The seats of an exception for each slot with <paramref name="From"/> ≤ start &lt; <paramref name="To"/>; null removes the exceptions there, so that the
/// template applies again.
/// </summary>
public readonly record struct HourSeats(Instant From, Instant To, int? Seats);
