using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A placement.</summary>
/// <param name="Request">The request.</param>
/// <param name="Institution">The school.</param>
/// <param name="Pool">The pool.</param>
/// <param name="Start">The start.</param>
/// <param name="Seats">The candidates.</param>
public sealed record PlannedPlacement(RequestId Request, InstitutionId Institution, PoolId Pool, Instant Start, int Seats);
