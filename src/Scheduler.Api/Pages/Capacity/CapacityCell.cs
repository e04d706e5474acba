using NodaTime;

namespace Scheduler.Api;

/// <summary>One hour of a pool, as operators see it.</summary>
public sealed record CapacityCell
{
    /// <summary>The start of the slot.</summary>
    public required Instant Start { get; init; }

    /// <summary>Seats offered.</summary>
    public int Capacity { get; init; }

    /// <summary>Seats booked and held.</summary>
    public int Taken { get; init; }

    /// <summary>Whether an exception gives the seats, and not the template.</summary>
    public bool IsException { get; init; }

    /// <summary>Whether the slot has begun, so that its capacity stays as it is (R3).</summary>
    public bool IsPast { get; init; }

    /// <summary>Whether the local clock does not show this hour on this day.</summary>
    public bool IsSkipped { get; init; }

    /// <summary>Seats booked and held beyond the capacity.</summary>
    public int Short => Math.Max(0, Taken - Capacity);

    /// <summary>Whether nothing is offered and nothing is taken.</summary>
    public bool IsClosed => Capacity == 0 && Taken == 0;
}
