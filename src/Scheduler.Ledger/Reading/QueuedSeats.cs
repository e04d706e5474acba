using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The place of a flexible request that waits: plans and lists take requests by weight, the heaviest first, and then by age.</summary>
/// <param name="Request">The request.</param>
/// <param name="Seats">The candidates that no plan has placed.</param>
public sealed record QueuedSeats(RequestId Request, int Seats);
