using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats kept for a few minutes while somebody completes a form (R10).</summary>
public sealed record Hold
{
    /// <summary>The id.</summary>
    public required HoldId Id { get; init; }

    /// <summary>The sitting whose seats the hold keeps.</summary>
    public required Sitting Sitting { get; init; }

    /// <summary>The hold keeps its seats before this instant. From this instant on the seats are free, even if no timer has run.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>The status as stored. Use <see cref="StatusAt"/> for the status at an instant.</summary>
    public HoldStatus Status { get; init; } = HoldStatus.Held;

    /// <summary>The booking that the hold became; null without one.</summary>
    public BookingId? Booking { get; init; }

    /// <summary>Whether the hold keeps its seats at <paramref name="now"/>.</summary>
    public bool IsLive(Instant now) => Status == HoldStatus.Held && now < ExpiresAt;

    /// <summary>The version: 1 while the hold keeps its seats, 2 afterwards.</summary>
    public int VersionAt(Instant now) => IsLive(now) ? 1 : 2;

    /// <summary>The status at an instant. A hold whose time ran out has lapsed, even if its row still says held.</summary>
    public HoldStatus StatusAt(Instant now) => Status == HoldStatus.Held && now >= ExpiresAt ? HoldStatus.Lapsed : Status;
}
