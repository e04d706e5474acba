namespace Scheduler.Domain;

/// <summary>R14: who may invite, change and remove whom.</summary>
public static class PeopleRules
{
    /// <summary>
    /// Whether the caller manages people of a role at an institution. An operator manages everybody. A coordinator manages people of the own reach up to its
    /// own role. Nobody else manages people.
    /// </summary>
    /// <param name="who">The caller.</param>
    /// <param name="role">The person's role; when the role is changed, both the old role and the new one must be allowed.</param>
    /// <param name="institution">The person's institution; null for an operator.</param>
    /// <param name="board">The institution's board; null for none.</param>
    public static bool Manages(Principal who, Role role, InstitutionId? institution, InstitutionId? board) => who.Role switch
    {
        Role.Operator => true,
        Role.Coordinator => role is Role.Viewer or Role.Instructor or Role.Coordinator && institution is { } own && Access.Reaches(who, own, board),
        _ => false,
    };

    /// <summary>Whether a person may have the role at an institution: an operator has none, and a feed is no person.</summary>
    public static bool Fits(Role role, InstitutionId? institution) => role != Role.Feed && role == Role.Operator == institution is null;
}
