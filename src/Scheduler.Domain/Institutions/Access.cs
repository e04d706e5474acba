namespace Scheduler.Domain;

/// <summary>R14: who may see and do what.</summary>
public static class Access
{
    /// <summary>
    /// Whether the caller may reach an institution. An operator reaches all institutions. A coordinator reaches its own institution and, when that is a board,
    /// the board's schools. All others reach their own institution only.
    /// </summary>
    public static bool Reaches(Principal who, InstitutionId institution, InstitutionId? board) =>
        who.Role == Role.Operator
        || who.Institution == institution
        || (who.Role == Role.Coordinator && board is not null && who.Institution == board);

    /// <summary>Whether the role may book, hold, join the waitlist and report attendance.</summary>
    public static bool Books(Role role) => role is Role.Instructor or Role.Coordinator or Role.Operator;

    /// <summary>
    /// Whether the caller may make this change of an institution within its reach. An operator may make every change. A coordinator changes what the
    /// institution itself knows best: proctors, lab seats and short notice.
    /// </summary>
    public static bool Changes(Principal who, Institution before, Institution after) =>
        who.Role == Role.Operator
        || (who.Role == Role.Coordinator
            && after == before with { Proctors = after.Proctors, LabSeats = after.LabSeats, ShortNoticeDays = after.ShortNoticeDays });

    /// <summary>Whether the role may make and revoke the keys of others, and read records and packs.</summary>
    public static bool Coordinates(Role role) => role is Role.Coordinator or Role.Operator;
}
