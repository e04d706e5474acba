using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A booking.</summary>
internal sealed record BookingView : SittingView
{
    [SetsRequiredMembers]
    private BookingView(Booking booking, ProbableDuplicate? duplicate)
        : base(booking.Id.Value, booking.Sitting)
    {
        Status = booking.Status;
        Overseen = booking.Overseen;
        Attended = booking.Attended;
        Version = booking.Version;
        Warning = WarningView.Of(duplicate);
    }

    public required BookingStatus Status { get; init; }

    [Description("Whether the booking is one of the first online sessions of its institution, which the operator oversees.")]
    public required bool Overseen { get; init; }

    public required int? Attended { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    [Description("Only in the answer to the call that made the booking: the booking is probably a duplicate. Null otherwise.")]
    public required WarningView? Warning { get; init; }

    public static BookingView Of(Booking booking) => new(booking, null);

    public static BookingView Of(BookingSnapshot snapshot) => new(snapshot.Booking, snapshot.Duplicate);
}
