using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Which bookings of an institution to show; the default shows all.</summary>
public sealed record BookingFilter
{
    /// <summary>Every booking.</summary>
    public static BookingFilter None { get; } = new();

    /// <summary>Only bookings that start at or after this instant.</summary>
    public Instant? From { get; init; }

    /// <summary>Only bookings that start before this instant.</summary>
    public Instant? To { get; init; }

    /// <summary>Only bookings of this status.</summary>
    public BookingStatus? Status { get; init; }
}
