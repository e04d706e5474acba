using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The seats of a range of slots of a pool.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record HourSeatsBody
{
    [Description("On the pool's grid of whole local hours.")]
    public required Instant From { get; init; }

    [Description("On the pool's grid of whole local hours. Not included in the range.")]
    public required Instant To { get; init; }

    [NullAsLeftOut]
    [Range(0, Limits.Seats)]
    [Description("Left out, or null, removes the exceptions of the range, so that the template applies again.")]
    public int? Seats { get; init; }

    /// <summary>Adds the faults of the fields that do not fit each other.</summary>
    public void Check(string path, FieldFaults faults)
    {
        if (To <= From)
            faults.Add($"{path}.to", "must be later than from");
        else if (To - From > Duration.FromDays(Limits.CapacityDays))
            faults.Add($"{path}.to", $"must be at most {Limits.CapacityDays} days after from");
    }
}
