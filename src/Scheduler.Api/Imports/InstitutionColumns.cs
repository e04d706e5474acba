namespace Scheduler.Api;

/// <summary>The columns of a file of institutions or boards.</summary>
internal static class InstitutionColumns
{
    public const string Id = "id";
    public const string Name = "name";
    public const string Zone = "zone";
    public const string Board = "board";
    public const string LabSeats = "labSeats";
    public const string Proctors = "proctors";
    public const string Ready = "ready";
    public const string ShortNotice = "shortNoticeDays";

    public static IReadOnlyList<ImportColumn> All { get; } =
    [
        new(Id, "ID", "Identifiant", "institution", "établissement", "code") { IsRequired = true, Sample = "maple-ridge" },
        new(Name, "Name", "Nom", "school", "école") { Sample = "Maple Ridge Secondary" },
        new(Zone, "Time zone", "Fuseau horaire", "zone", "fuseau") { Sample = "America/Toronto" },
        new(Board, "Board", "Centre de services", "parent", "conseil scolaire", "commission scolaire", "school board"),
        new(LabSeats, "Lab seats", "Places en laboratoire", "workstations", "postes") { Sample = "60" },
        new(Proctors, "Trained proctors", "Surveillants formés", "proctors", "surveillants") { Sample = "3" },
        new(Ready, "Onboarding complete", "Intégration terminée", "prêt", "prête") { Sample = "yes" },
        new(ShortNotice, "Short notice days", "Jours de court préavis", "short notice", "court préavis"),
    ];
}
