using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>The seats of a confirmed booking or a live hold.</summary>
/// <param name="Id">The id of the booking or hold.</param>
/// <param name="Institution">The institution.</param>
/// <param name="Pool">The pool.</param>
/// <param name="StartMinutes">The start, in minutes since 1970 UTC.</param>
/// <param name="Profile">Seats per slot.</param>
/// <param name="Mode">Lab or online.</param>
public sealed record SeatedBlock(Guid Id, InstitutionId Institution, PoolId Pool, int StartMinutes, SeatProfile Profile, DeliveryMode Mode);
