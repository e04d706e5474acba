using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A hold, with its status as of one instant.</summary>
internal sealed record HoldView : SittingView
{
    [SetsRequiredMembers]
    private HoldView(Hold hold, Instant now)
        : base(hold.Id.Value, hold.Sitting)
    {
        Status = hold.StatusAt(now);
        ExpiresAt = hold.ExpiresAt;
        Booking = hold.Booking?.Value;
        Version = hold.VersionAt(now);
    }

    public required HoldStatus Status { get; init; }

    public required Instant ExpiresAt { get; init; }

    [Description("The booking that the hold became; null without one.")]
    public required Guid? Booking { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static HoldView Of(Hold hold, Instant now) => new(hold, now);
}
