using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Seats added to each slot of a range of touching slots.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="From">Start of the first slot.</param>
/// <param name="To">End of the last slot.</param>
/// <param name="Add">Seats added to each slot.</param>
public sealed record AddedRange(PoolId Pool, Instant From, Instant To, int Add);
