using NodaTime;

namespace Scheduler.Tests;

/// <summary>A flexible request of the peak, as the test sent it.</summary>
public sealed record PeakAsk
{
    public required string Id { get; init; }

    public required string School { get; init; }

    public required string Pool { get; init; }

    public required string Mode { get; init; }

    public required int Seats { get; init; }

    /// <summary>Seats per slot, calculated by the test from the exam and the extra time.</summary>
    public required int[] Profile { get; init; }

    public required int Weight { get; init; }

    public required int? MinGroup { get; init; }

    public required Instant Preferred { get; init; }

    public required LocalDate From { get; init; }

    public required LocalDate To { get; init; }

    public required LocalTime FromTime { get; init; }

    public required LocalTime ToTime { get; init; }

    /// <summary>The profile of a part of so many candidates.</summary>
    public int[] ProfileOf(int seats) => [.. Profile.Select(all => (int)Math.Ceiling((double)all * seats / Seats))];
}
