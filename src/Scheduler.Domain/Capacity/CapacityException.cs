using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats that replace the template's seats for slots with <paramref name="From"/> ≤ start &lt; <paramref name="To"/>.</summary>
public readonly record struct CapacityException(Instant From, Instant To, int Seats);
