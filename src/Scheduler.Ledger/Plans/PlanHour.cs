using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>One slot before and after a plan.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Start">The start of the slot.</param>
/// <param name="Capacity">The seats offered when the plan was made.</param>
/// <param name="Taken">Booked and held when the plan was made.</param>
/// <param name="After">Taken when all entries of the plan are applied.</param>
/// <param name="Asked">Taken when each open request had the start that is nearest to its wish, whatever the capacity.</param>
public readonly record struct PlanHour(PoolId Pool, Instant Start, int Capacity, int Taken, int After, int Asked);
