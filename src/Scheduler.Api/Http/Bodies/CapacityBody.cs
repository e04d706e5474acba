using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of an exception to a pool's template.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CapacityBody : ICheckedBody
{
    [Description("On the pool's grid of whole local hours.")]
    public required Instant From { get; init; }

    [Description("On the pool's grid of whole local hours. Not included in the range.")]
    public required Instant To { get; init; }

    [Range(0, Limits.Seats)]
    public required int Seats { get; init; }

    [NullAsLeftOut]
    [DefaultValue(false)]
    [Description("Lowers the capacity even below the seats booked and held, and records the shortfall.")]
    public bool? Force { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Required with force.")]
    public string? Reason { get; init; }

    public void Check(FieldFaults faults)
    {
        FieldRange.Check(From, To, faults);
        Forced.Check(Force, Reason, faults);
    }
}
