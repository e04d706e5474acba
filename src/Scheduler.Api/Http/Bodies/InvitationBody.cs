using System.ComponentModel;
using System.Text.Json.Serialization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a new invitation.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record InvitationBody : ICheckedBody
{
    [Line]
    [Description("The person's e-mail address, with which the person will sign in.")]
    public required string Email { get; init; }

    public required Role Role { get; init; }

    [NullAsLeftOut]
    [Description("Required for every role except operator. An operator belongs to no institution.")]
    public InstitutionId? Institution { get; init; }

    public void Check(FieldFaults faults)
    {
        if (Email is not null && !EmailAddress.IsPossible(Email))
            faults.Add("email", $"must be an e-mail address of at most {EmailAddress.MaxLength} characters");
        if (Role == Role.Feed)
            faults.Add("role", "must be the role of a person");
        else if (!PeopleRules.Fits(Role, Institution))
            faults.Add("institution", Role == Role.Operator ? "must be left out for an operator, who belongs to no institution" : "is required for this role");
    }
}
