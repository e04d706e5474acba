using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a call that replaces a hold.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record HoldChangeBody
{
    [Range(1, Limits.Seats)]
    [Description("All candidates, those with extra time included.")]
    public required int Seats { get; init; }

    [NullAsLeftOut]
    [MaxLength(Limits.Accommodations)]
    [WithinSeats]
    [Description("When accommodations are left out, they stay as they were.")]
    public AccommodationBody[]? Accommodations { get; init; }

    [NullAsLeftOut]
    [Description("When the mode is left out, it stays as it was.")]
    public DeliveryMode? Mode { get; init; }
}
