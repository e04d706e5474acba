using NodaTime;

namespace Scheduler.Domain;

/// <summary>What a hold is. The names are kept in the ledger and may only grow.</summary>
public enum HoldStatus
{
    /// <summary>Its seats are kept, until <see cref="Hold.ExpiresAt"/>.</summary>
    Held,

    /// <summary>It became a booking.</summary>
    Confirmed,

    /// <summary>It was given back.</summary>
    Released,

    /// <summary>Its time ran out.</summary>
    Lapsed,
}

/// <summary>Seats kept for a few minutes while somebody completes a form (R10).</summary>
public sealed record Hold
{
    /// <summary>The id.</summary>
    public required HoldId Id { get; init; }

    /// <summary>What is kept.</summary>
    public required Sitting Sitting { get; init; }

    /// <summary>Held before this instant, free from it on, whatever timers do.</summary>
    public required Instant ExpiresAt { get; init; }

    /// <summary>As stored; ask <see cref="StatusAt"/> for what holds now.</summary>
    public HoldStatus Status { get; init; } = HoldStatus.Held;

    /// <summary>The booking it became.</summary>
    public BookingId? Booking { get; init; }

    /// <summary>Whether it keeps its seats at <paramref name="now"/>.</summary>
    public bool IsLive(Instant now) => Status == HoldStatus.Held && now < ExpiresAt;

    /// <summary>1 while it keeps its seats, 2 once it is no more: the ETag.</summary>
    public int VersionAt(Instant now) => IsLive(now) ? 1 : 2;

    /// <summary>The status at an instant: a held one whose time ran out has lapsed, whether or not anybody tidied up.</summary>
    public HoldStatus StatusAt(Instant now) => Status == HoldStatus.Held && now >= ExpiresAt ? HoldStatus.Lapsed : Status;
}
