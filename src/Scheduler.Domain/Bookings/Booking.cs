using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>Seats of a block promised to an institution.</summary>
public sealed record Booking
{
    /// <summary>The id.</summary>
    public required BookingId Id { get; init; }

    /// <summary>The sitting that the booking promises.</summary>
    public required Sitting Sitting { get; init; }

    /// <summary>Vouchers that late changes spent, beside the vouchers that the sitting sets aside. They do not go back to a pack (R9).</summary>
    public ImmutableArray<VoucherDraw> Forfeited { get; init; } = [];

    /// <summary>Vouchers that came back to their packs when the booking was cancelled; null for a booking that was not cancelled.</summary>
    public int? Returned { get; init; }

    /// <summary>The newest act of an operator on the booking; null without one. Changes that the school makes itself keep the act.</summary>
    public OperatorAct? OperatorAct { get; init; }

    /// <summary>Confirmed or cancelled.</summary>
    public BookingStatus Status { get; init; } = BookingStatus.Confirmed;

    /// <summary>The version: 1 when the booking is made, one more with every change.</summary>
    public int Version { get; init; } = 1;

    /// <summary>Whether the booking is one of the first online sessions of its institution, which the operator oversees (R8).</summary>
    public bool Overseen { get; init; }

    /// <summary>How many candidates sat, as the school reports after the sitting (R18); null until then.</summary>
    public int? Attended { get; init; }
}
