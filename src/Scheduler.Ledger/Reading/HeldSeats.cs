using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Seats of one slot that a hold keeps until <paramref name="ExpiresAt"/>.</summary>
public readonly record struct HeldSeats(HoldId Hold, int Seats, Instant ExpiresAt);
