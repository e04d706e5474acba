using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A slot with more seats booked and held than it offers.</summary>
/// <param name="Pool">The pool.</param>
/// <param name="Start">The start of the slot.</param>
/// <param name="Taken">Seats booked and held.</param>
/// <param name="Capacity">Seats offered.</param>
public sealed record PoolShortfall(Pool Pool, Instant Start, int Taken, int Capacity)
{
    /// <summary>The seats that are missing.</summary>
    public int Seats => Taken - Capacity;
}
