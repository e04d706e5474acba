namespace Scheduler.Domain;

/// <summary>R14: who may make, see and revoke which API key.</summary>
public static class KeyRules
{
    /// <summary>
    /// Whether the caller manages keys of a role at an institution. An operator manages all keys. A coordinator manages the keys of instructors, viewers and
    /// calendar feeds of the own reach.
    /// </summary>
    /// <param name="who">The caller.</param>
    /// <param name="role">The role of the key.</param>
    /// <param name="institution">The institution of the key; null for an operator's key.</param>
    /// <param name="board">The institution's board; null for none.</param>
    public static bool Manages(Principal who, Role role, InstitutionId? institution, InstitutionId? board) => who.Role switch
    {
        Role.Operator => true,
        Role.Coordinator => role is Role.Instructor or Role.Viewer or Role.Feed && institution is { } own && Access.Reaches(who, own, board),
        _ => false,
    };
}
