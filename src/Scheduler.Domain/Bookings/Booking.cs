using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>What a booking is. The names are kept in the ledger and may only grow.</summary>
public enum BookingStatus
{
    /// <summary>Its seats are promised.</summary>
    Confirmed,

    /// <summary>Its seats are free again.</summary>
    Cancelled,
}

/// <summary>Seats of a block promised to an institution.</summary>
public sealed record Booking
{
    /// <summary>The id.</summary>
    public required BookingId Id { get; init; }

    /// <summary>What is promised.</summary>
    public required Sitting Sitting { get; init; }

    /// <summary>Vouchers spent by late changes, beside those set aside in the sitting: no pack gets them back (R9).</summary>
    public ImmutableArray<VoucherDraw> Forfeited { get; init; } = [];

    /// <summary>Confirmed or cancelled.</summary>
    public BookingStatus Status { get; init; } = BookingStatus.Confirmed;

    /// <summary>1 when made, one more with every change: the ETag.</summary>
    public int Version { get; init; } = 1;

    /// <summary>One of the first online sessions of its institution, looked after by the operator (R8).</summary>
    public bool Overseen { get; init; }

    /// <summary>How many sat, told after the sitting (R18); null until then.</summary>
    public int? Attended { get; init; }
}
