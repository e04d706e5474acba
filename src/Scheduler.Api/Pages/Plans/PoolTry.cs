using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seats that a what-if adds to the open hours of a pool.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Add">Seats added to each open slot; negative to take away.</param>
/// <param name="FromHour">The first hour of the day, on the pool's clock.</param>
/// <param name="ToHour">The end of the hours, not included.</param>
public sealed record PoolTry(Pool Pool, int Add, int FromHour, int ToHour);
