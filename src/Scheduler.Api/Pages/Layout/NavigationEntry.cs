using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An entry of the top bar and of the bottom bar.</summary>
/// <param name="Path">The address of the page.</param>
/// <param name="Text">The name of the entry's text in <see cref="Texts"/>.</param>
/// <param name="Icon">The drawing for the bottom bar.</param>
/// <param name="Roles">The roles that see the entry.</param>
public sealed record NavigationEntry(string Path, string Text, string Icon, params Role[] Roles)
{
    /// <summary>How many entries the top bar shows at most. The others are in the menu under the reader's name.</summary>
    public const int InTopBar = 6;

    /// <summary>How many entries the bottom bar shows at most. The others are under "More".</summary>
    public const int InBottomBar = 4;

    /// <summary>All entries, in their order. A page adds its entry here.</summary>
    public static IReadOnlyList<NavigationEntry> All { get; } =
    [
        new("/capacity", "nav.capacity", "machine", Role.Operator) { Key = 'c' },
        new(PlanPaths.All, "nav.plans", "plan", Role.Operator) { Key = 'p' },
        new(SetupPaths.Seasons, "nav.seasons", "flag", Role.Operator) { Key = 'e' },
        new(SetupPaths.Institutions, "nav.institutions", "school", Role.Operator) { Key = 'i' },
        new(SetupPaths.Catalogue, "nav.catalogue", "list", Role.Operator) { Key = 't' },
        new(AuditAsk.Path, "nav.audit", "list", Role.Operator),
        new("/availability", "nav.availability", "seats", Role.Viewer, Role.Instructor, Role.Coordinator) { Key = 'a' },
        new("/bookings", "nav.bookings", "calendar", Role.Viewer, Role.Instructor, Role.Coordinator) { Key = 'b' },
        new("/queue", "nav.queue", "hourglass", Role.Viewer, Role.Instructor, Role.Coordinator) { Key = 'q', HasWaiting = true },
        new("/school", "nav.school", "school", Role.Coordinator) { Key = 's' },
        new("/schools", "nav.schools", "school", Role.Coordinator) { IsOfBoards = true },
        new("/availability", "nav.availability", "seats", Role.Operator) { Key = 'a', IsUnderName = true },
        new("/school", "nav.school", "school", Role.Operator) { Key = 's', IsUnderName = true },
        new(AuditAsk.Path, "nav.audit", "list", Role.Coordinator, Role.Instructor) { IsUnderName = true },
        new("/people", "nav.people", "person", Role.Coordinator, Role.Operator) { IsUnderName = true },
        new(ImportPaths.New, "nav.import", "list", Role.Operator) { IsUnderName = true },
        new(KeyForms.Keys, "nav.keys", "lock", Role.Coordinator, Role.Operator) { IsUnderName = true },
        new("/settings", "nav.settings", "settings", Role.Viewer, Role.Instructor, Role.Coordinator, Role.Operator) { IsUnderName = true },
    ];

    /// <summary>Whether the top bar shows the entry in the menu under the reader's name alone.</summary>
    public bool IsUnderName { get; init; }

    /// <summary>Whether only the people of a board see the entry.</summary>
    public bool IsOfBoards { get; init; }

    /// <summary>Whether the bars show how many requests wait beside the entry.</summary>
    public bool HasWaiting { get; init; }

    /// <summary>The letter that opens the page after G; null for none.</summary>
    public char? Key { get; init; }

    /// <summary>The entries that a role sees.</summary>
    public static IEnumerable<NavigationEntry> Of(Role role) => All.Where(entry => entry.Roles.Contains(role));

    /// <summary>The entries that a reader sees.</summary>
    /// <param name="role">The reader's role.</param>
    /// <param name="isOfBoard">Whether the reader's institution is a board.</param>
    public static IEnumerable<NavigationEntry> Of(Role role, bool isOfBoard) => Of(role).Where(entry => isOfBoard || !entry.IsOfBoards);

    /// <summary>The page that a role sees first.</summary>
    public static string First(Role role) => Of(role).Select(entry => entry.Path).FirstOrDefault("/");

    /// <summary>Whether the address is this page or a page below.</summary>
    public bool IsCurrent(PathString address) => address.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);
}
