using System.Text.Json.Serialization;

namespace Scheduler.Api;

/// <summary>The body of a call that takes no body. An empty object is allowed.</summary>
[BodyMayBeLeftOut]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NoBody;
