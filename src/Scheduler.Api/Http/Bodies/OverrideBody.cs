using System.Text.Json.Serialization;

namespace Scheduler.Api;

/// <summary>An operator's override, with its written reason.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record OverrideBody
{
    [Reason]
    public required string Reason { get; init; }
}
