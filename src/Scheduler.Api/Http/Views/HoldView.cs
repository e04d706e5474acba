using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A hold, with its status as of one instant.</summary>
internal sealed record HoldView : SittingView
{
    [SetsRequiredMembers]
    private HoldView(Hold hold, Instant now, DateTimeZone zone, ProbableDuplicate? duplicate)
        : base(hold.Id.Value, hold.Sitting, zone)
    {
        Status = hold.StatusAt(now);
        ExpiresAt = hold.ExpiresAt;
        Booking = hold.Booking?.Value;
        Version = hold.VersionAt(now);
        Warning = WarningView.Of(duplicate);
    }

    public required HoldStatus Status { get; init; }

    public required Instant ExpiresAt { get; init; }

    [Description("The booking that the hold became; null without one.")]
    public required Guid? Booking { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    [Description("Only in the answer to the call that made the hold: the hold is probably a duplicate. Null otherwise.")]
    public required WarningView? Warning { get; init; }

    /// <summary>The view of a hold. The catalogue has the zone of the hold's institution.</summary>
    public static HoldView Of(Hold hold, Instant now, Catalogue catalogue) => new(hold, now, catalogue.ZoneOf(hold.Sitting.Institution), null);

    /// <summary>The view of a hold after a change.</summary>
    public static HoldView Of(HoldSnapshot snapshot, Catalogue catalogue) =>
        new(snapshot.Hold, snapshot.At, catalogue.ZoneOf(snapshot.Hold.Sitting.Institution), snapshot.Duplicate);
}
