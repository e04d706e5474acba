using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A block in which a request did not fit, at its tightest hour.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Start">The start of the hour where most seats are missing.</param>
/// <param name="SeatsMissing">How many seats are missing there.</param>
/// <param name="Limit">The school's limit that stood in the way: workstations or proctors; null for the seats of the pool.</param>
public sealed record PlanBlock(PoolId Pool, Instant Start, int SeatsMissing, DeliveryMode? Limit);
