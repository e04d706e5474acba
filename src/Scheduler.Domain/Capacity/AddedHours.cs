using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats added to each slot with <paramref name="From"/> ≤ start &lt; <paramref name="To"/>.</summary>
public readonly record struct AddedHours(Instant From, Instant To, int Add);
