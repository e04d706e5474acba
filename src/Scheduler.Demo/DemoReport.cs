using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>The numbers of what was loaded, and the keys to sign in.</summary>
public sealed record DemoReport
{
    /// <summary>Number of steps done, by kind.</summary>
    public required ImmutableSortedDictionary<string, int> Done { get; init; }

    /// <summary>Number of requests refused, by code.</summary>
    public required ImmutableSortedDictionary<string, int> Refused { get; init; }

    /// <summary>Number of hours of the first peak that have no free seat, over all pools.</summary>
    public required int FullHours { get; init; }

    /// <summary>Seats of the shortfall, over all hours: an operator forced the capacity below the seats booked and held.</summary>
    public required int ShortSeats { get; init; }

    /// <summary>The duration of the loading.</summary>
    public required Duration Took { get; init; }

    /// <summary>One key for each role.</summary>
    public required ImmutableArray<DemoKey> Keys { get; init; }

    /// <summary>A block that the instructor's school can book at the time of loading.</summary>
    public required BookingWish Free { get; init; }

    /// <summary>The instructor's school.</summary>
    public required InstitutionId School { get; init; }

    /// <summary>The zone of the instructor's school.</summary>
    public required DateTimeZone Zone { get; init; }
}
