using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// The least capacity that serves a request in full while everything else of a plan stays in place (R11): with so much the request fits, with one seat less in
/// any hour it does not.
/// </summary>
/// <param name="Where">Seats to add; empty when no machines are missing.</param>
/// <param name="Limit">The school's own limit that is too small: workstations or proctors; null when machines alone help.</param>
/// <param name="LimitSeats">Seats by which that limit would have to be higher.</param>
/// <param name="IsLeast">Whether the amount is proven to be the least.</param>
public sealed record PlanReceipt(ImmutableArray<AddedRange> Where, DeliveryMode? Limit, int LimitSeats, bool IsLeast);
