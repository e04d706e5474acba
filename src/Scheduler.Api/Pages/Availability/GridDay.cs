using NodaTime;

namespace Scheduler.Api;

/// <summary>One day of the grid.</summary>
public sealed record GridDay
{
    /// <summary>The date.</summary>
    public required LocalDate Date { get; init; }

    /// <summary>The first hour that the pool is open, as the reader's clock shows it; null on a closed day.</summary>
    public required LocalTime? OpensAt { get; init; }

    /// <summary>When the last open hour ends.</summary>
    public required LocalTime? ClosesAt { get; init; }

    /// <summary>The state that all open hours of the day share: past, horizon, notice or collecting; null when the hours can be booked.</summary>
    public required CellState? Block { get; init; }

    /// <summary>The lead time of the day, in days.</summary>
    public required int DaysNeeded { get; init; }

    /// <summary>Whether this is the earliest day on which the institution can book.</summary>
    public required bool IsEarliest { get; init; }

    /// <summary>Whether the pool is closed all day.</summary>
    public bool IsClosed => OpensAt is null;
}
