using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Another lead time of a season.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record LeadTimeChangeBody
{
    public required SeasonId Season { get; init; }

    [Range(0, Limits.PolicyDays)]
    public required int LeadTimeDays { get; init; }
}
