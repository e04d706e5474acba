namespace Scheduler.Domain;

/// <summary>What a person may be. The names are kept in the ledger and may only grow.</summary>
public enum Role
{
    /// <summary>Reads its institution, changes nothing.</summary>
    Viewer,

    /// <summary>Books for its institution.</summary>
    Instructor,

    /// <summary>Manages its institution, and a board's its schools.</summary>
    Coordinator,

    /// <summary>Runs the machines.</summary>
    Operator,
}

/// <summary>Who calls: an API key, or an account, with its role and institution.</summary>
/// <param name="Id">Stands in records as who did it.</param>
/// <param name="Role">The role.</param>
/// <param name="Institution">Its institution; null for operators alone.</param>
/// <param name="Name">For people.</param>
public sealed record Principal(string Id, Role Role, InstitutionId? Institution, string Name);

/// <summary>R14: who may see and do what.</summary>
public static class Access
{
    /// <summary>
    /// Whether an institution is in the caller's reach: an operator's is all, a coordinator's the own one and those whose board it is, everyone else's the own.
    /// </summary>
    public static bool Reaches(Principal who, InstitutionId institution, InstitutionId? board) =>
        who.Role == Role.Operator
        || who.Institution == institution
        || (who.Role == Role.Coordinator && board is not null && who.Institution == board);

    /// <summary>Whether the role books, holds, queues and tells attendance.</summary>
    public static bool Books(Role role) => role is Role.Instructor or Role.Coordinator or Role.Operator;

    /// <summary>Whether the role makes and revokes keys of others, and reads records and packs.</summary>
    public static bool Coordinates(Role role) => role is Role.Coordinator or Role.Operator;
}
