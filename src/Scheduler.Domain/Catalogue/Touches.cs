using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>
/// What is to come and is touched by a change of the operator: confirmed bookings that have not ended, live holds, and waiting entries. Each list has the first
/// <see cref="Limits.NamedTouches"/> ids, in the order in which the subjects were made. The counts are exact.
/// </summary>
public sealed record Touches
{
    /// <summary>Nothing is touched.</summary>
    public static Touches None { get; } = new();

    /// <summary>Bookings.</summary>
    public ImmutableArray<BookingId> Bookings { get; init; } = [];

    /// <summary>Holds.</summary>
    public ImmutableArray<HoldId> Holds { get; init; } = [];

    /// <summary>Requests.</summary>
    public ImmutableArray<RequestId> Requests { get; init; } = [];

    /// <summary>The number of all bookings.</summary>
    public int BookingCount { get; init; }

    /// <summary>The number of all holds.</summary>
    public int HoldCount { get; init; }

    /// <summary>The number of all requests.</summary>
    public int RequestCount { get; init; }

    /// <summary>Whether anything is touched.</summary>
    public bool Any => BookingCount + HoldCount + RequestCount > 0;
}
