using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;

namespace Scheduler.Api;

/// <summary>How an import is applied.</summary>
[BodyMayBeLeftOut]
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ImportApplyBody : ICheckedBody
{
    [NullAsLeftOut]
    [Description("Applies the import even when more than a tenth would be taken away. Needs a reason.")]
    public bool? Force { get; init; }

    [NullAsLeftOut]
    [Reason]
    [Description("Why. The record of every row has the reason.")]
    public string? Reason { get; init; }

    [NullAsLeftOut]
    [Range(0, int.MaxValue)]
    [Description("The version that a GET shows. When given, another present version refuses the call.")]
    public int? Version { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Force == true && Reason is null)
            faults.Add("reason", "is required with force: say why so many go");
    }
}
