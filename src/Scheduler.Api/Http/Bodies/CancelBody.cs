using System.Text.Json.Serialization;

namespace Scheduler.Api;

/// <summary>The body of a cancellation.</summary>
[BodyMayBeLeftOut]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record CancelBody
{
    [NullAsLeftOut]
    [Reason]
    public string? Reason { get; init; }
}
