using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Seats added to the slots of a pool.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CapacityChangeBody
{
    public required PoolId Pool { get; init; }

    public required Instant From { get; init; }

    [Description("Not included in the range.")]
    public required Instant To { get; init; }

    [Range(-Limits.Seats, Limits.Seats)]
    public required int Add { get; init; }

    /// <summary>Adds the faults of the fields that do not fit each other.</summary>
    public void Check(string path, FieldFaults faults)
    {
        if (To <= From)
            faults.Add($"{path}.to", "must be later than from");
        else if (To - From > Duration.FromDays(Limits.PlanDays))
            faults.Add($"{path}.to", $"must be at most {Limits.PlanDays} days after from");
    }
}
