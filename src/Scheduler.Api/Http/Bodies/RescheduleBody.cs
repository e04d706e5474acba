using System.ComponentModel;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The body of a reschedule.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RescheduleBody
{
    public Instant? Start { get; init; }

    [InPlaceOf("start")]
    [Description("The start in the institution's zone, in place of start.")]
    public LocalDateTime? LocalStart { get; init; }

    [NullAsLeftOut]
    public OverrideBody? Override { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why the booking changes. The school is told the reason when an operator changes the booking.")]
    public string? Reason { get; init; }

    /// <summary>The command for a booking. The catalogue has the zone of the booking's institution.</summary>
    public RescheduleCommand ToCommand(Caller caller, Booking booking, Catalogue catalogue)
    {
        var start = BodyStart.Of(Start, LocalStart, catalogue.ZoneOf(booking.Sitting.Institution));
        return new(caller, booking.Id.Value, start.At, Override?.Reason, start.IsSkippedHour, Reason);
    }
}
