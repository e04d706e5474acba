using System.Text.Json.Serialization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>The body of a reschedule.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record RescheduleBody
{
    public required Instant Start { get; init; }

    [NullAsLeftOut]
    public OverrideBody? Override { get; init; }
}
