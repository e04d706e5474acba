using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a resize.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ResizeBody
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
    public OverrideBody? Override { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why the booking changes. The school is told the reason when an operator changes the booking.")]
    public string? Reason { get; init; }
}
