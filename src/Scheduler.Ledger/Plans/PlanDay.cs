using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The load of a pool on a local day when a plan was made, over the slots that begin in its scope.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Day">The day in the pool's zone.</param>
/// <param name="Capacity">Seat hours offered.</param>
/// <param name="Taken">Seat hours booked and held.</param>
public sealed record PlanDay(PoolId Pool, LocalDate Day, long Capacity, long Taken);
