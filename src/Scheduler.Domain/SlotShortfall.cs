using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats booked and held beyond a slot's capacity.</summary>
public readonly record struct SlotShortfall(Instant Start, int Seats);
