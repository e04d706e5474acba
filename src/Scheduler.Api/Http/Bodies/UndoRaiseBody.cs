using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Scheduler.Api;

/// <summary>Which raise of a pool's capacity to undo.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record UndoRaiseBody
{
    [Range(0, int.MaxValue)]
    [Description("The version that the raise answered with. Another present version refuses the call.")]
    public required int Version { get; init; }

    [Reason]
    public required string Reason { get; init; }
}
