using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Which bookings of a pool to show, of all institutions: those whose block overlaps [<see cref="From"/>, <see cref="To"/>).</summary>
public sealed record PoolBookings
{
    /// <summary>The pool.</summary>
    public required PoolId Pool { get; init; }

    /// <summary>Bookings that end later than this instant.</summary>
    public required Instant From { get; init; }

    /// <summary>Bookings that start before this instant.</summary>
    public required Instant To { get; init; }

    /// <summary>Only bookings of this status; null for all.</summary>
    public BookingStatus? Status { get; init; }
}
