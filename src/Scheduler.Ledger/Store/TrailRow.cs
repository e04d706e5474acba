using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// A row of an institution's trail: one entry for each change that concerns the institution. A change with several bookings adds one more entry for each
/// further booking.
/// </summary>
internal sealed record TrailRow
{
    public const int Notice = 1;
    public const int Further = 2;
    public const int Changed = 4;

    /// <summary>The entry only notifies the institution of an operator's change; the record is the operator's.</summary>
    public const int NoticeOnly = 8;

    /// <summary>The institution; empty for the operator.</summary>
    public required string Institution { get; init; }

    /// <summary>The entry's index among the new entries of its institution, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The change's index in the batch.</summary>
    public required int Change { get; init; }

    public int Flags { get; init; }

    /// <summary>Hash of the idempotency key; null without one.</summary>
    public long? Key { get; init; }

    public BookingId? Booking { get; init; }

    /// <summary>The booking's end after the change, in minutes since 1970 UTC; null without a booking.</summary>
    public int? Ends { get; init; }

    /// <summary>The end of a booking, in minutes since 1970 UTC.</summary>
    public static int? EndOf(Booking? booking) => booking is null ? null : SlotMinutes.Of(booking.Sitting.End);

    /// <summary>The booking that a row writes, and the flags of its entry.</summary>
    public static (Booking? Booking, int Flags) BookingOf(RowWrite row) => row switch
    {
        RowWrite.BookingMade made => (made.Booking, 0),
        RowWrite.BookingChanged changed => (changed.Booking, Changed),
        _ => (null, 0),
    };
}
