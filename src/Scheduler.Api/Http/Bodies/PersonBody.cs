using System.ComponentModel;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body that gives a person another role.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PersonBody
{
    [Description("A role that goes with the person's institution: nobody at an institution becomes an operator.")]
    public required Role Role { get; init; }
}
