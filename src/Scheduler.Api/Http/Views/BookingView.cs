using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A booking.</summary>
internal sealed record BookingView : SittingView
{
    [SetsRequiredMembers]
    private BookingView(Booking booking, Catalogue catalogue, ProbableDuplicate? duplicate)
        : base(booking.Id.Value, booking.Sitting, catalogue.ZoneOf(booking.Sitting.Institution))
    {
        FreeUntil = Cancellation.LastFreeDay(booking.Sitting.Start, Zone, catalogue.Policy.Value);
        Status = booking.Status;
        Overseen = booking.Overseen;
        Attended = booking.Attended;
        VouchersReturned = booking.Returned;
        VouchersForfeited = booking.Forfeited.Sum(static draw => draw.Vouchers);
        OperatorAct = booking.OperatorAct is { } act ? OperatorActView.Of(act) : null;
        Version = booking.Version;
        Warning = WarningView.Of(duplicate);
    }

    public required BookingStatus Status { get; init; }

    [Description("The last local date on which the booking can be moved, or cancelled with its vouchers, by the policy of now.")]
    public required LocalDate FreeUntil { get; init; }

    [Description("Whether the booking is one of the first online sessions of its institution, which the operator oversees.")]
    public required bool Overseen { get; init; }

    public required int? Attended { get; init; }

    [Description("Vouchers that came back to their packs when the booking was cancelled; null for a booking that was not cancelled.")]
    public required int? VouchersReturned { get; init; }

    [Description("Vouchers that cancellations and resizes after the cut-off spent.")]
    public required int VouchersForfeited { get; init; }

    [Description("The newest thing that an operator did to the booking; null when no operator did anything.")]
    public required OperatorActView? OperatorAct { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    [Description("Only in the answer to the call that made the booking: the booking is probably a duplicate. Null otherwise.")]
    public required WarningView? Warning { get; init; }

    /// <summary>The view of a booking. The catalogue has the zone of the booking's institution.</summary>
    public static BookingView Of(Booking booking, Catalogue catalogue) => new(booking, catalogue, null);

    /// <summary>The view of a booking after a change.</summary>
    public static BookingView Of(BookingSnapshot snapshot, Catalogue catalogue) =>
        new(snapshot.Booking, catalogue, snapshot.Duplicate);
}
