using System.ComponentModel;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a new API key.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record ApiKeyBody : ICheckedBody
{
    public required Role Role { get; init; }

    [NullAsLeftOut]
    [Description("Required for every role except operator. An operator belongs to no institution.")]
    public InstitutionId? Institution { get; init; }

    [Line]
    public required string Name { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Institution is null == (Role != Role.Operator))
            faults.Add("institution", Role == Role.Operator ? "must be left out for an operator, who belongs to no institution" : "is required for this role");
    }
}
