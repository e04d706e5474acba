using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a pool.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PoolBody
{
    [IdOfPath]
    [Description("The same id as in the path. May be left out.")]
    public string? Id { get; init; }

    [Line]
    public required string Name { get; init; }

    public required DateTimeZone Zone { get; init; }

    [Line]
    public required string Image { get; init; }

    [Ignored]
    [Description("The version that a GET shows. The server ignores this field: use If-Match.")]
    public JsonElement? Version { get; init; }

    public Pool ToPool(PoolId id) => new(id, Name, Zone, Image);
}
