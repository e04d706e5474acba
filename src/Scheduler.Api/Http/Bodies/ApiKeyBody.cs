using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The body of a new API key.</summary>
internal static class ApiKeyBody
{
    public static (Role Role, InstitutionId? Institution, string Name) Parse(Fields fields)
    {
        var role = fields.Text<Role>("role", Words.TryRole);
        InstitutionId? institution = fields.Has("institution") ? fields.Text<InstitutionId>("institution", Words.TryInstitution) : null;
        fields.Ignore("institution");
        if (institution is null == (role != Role.Operator) && !fields.Faults.Any)
            fields.Fault("institution", role == Role.Operator ? "must be left out for an operator, who belongs to none" : "is required for this role");
        return (role, institution, fields.Line("name"));
    }
}
