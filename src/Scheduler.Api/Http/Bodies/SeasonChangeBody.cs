using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Another lead time or fair share of a season.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record SeasonChangeBody
{
    public required SeasonId Season { get; init; }

    [NullAsLeftOut]
    [Range(0, Limits.PolicyDays)]
    public int? LeadTimeDays { get; init; }

    [Share]
    [NullAsLeftOut]
    [Description("Changes nothing in the answer: fair shares bind bookings, and no plan.")]
    public decimal? FairShare { get; init; }

    public void Check(string path, FieldFaults faults)
    {
        if (LeadTimeDays is null && FairShare is null)
            faults.Add(path, "must have leadTimeDays or fairShare");
    }
}
