using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a pool.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PoolBody : IEntryBody
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
    [Description("The instant that a GET shows. The server ignores this field: DELETE retires, and PUT brings back.")]
    public JsonElement? Retired { get; init; }

    [Range(0, int.MaxValue)]
    [Description("The version that a GET shows. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why, for the record. A GET does not show the reason; the audit does.")]
    public string? Reason { get; init; }

    public Pool ToPool(PoolId id) => new(id, Name, Zone, Image);
}
