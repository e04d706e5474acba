using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>An entry of the top bar and of the bottom bar.</summary>
/// <param name="Path">The address of the page.</param>
/// <param name="Text">The name of the entry's text in <see cref="Texts"/>.</param>
/// <param name="Icon">The drawing for the bottom bar.</param>
/// <param name="Roles">The roles that see the entry.</param>
internal sealed record NavigationEntry(string Path, string Text, string Icon, params Role[] Roles)
{
    /// <summary>All entries, in their order. A page adds its entry here.</summary>
    public static IReadOnlyList<NavigationEntry> All { get; } =
    [
        new("/availability", "nav.availability", "seats", Role.Viewer, Role.Instructor, Role.Coordinator, Role.Operator),
        new("/bookings", "nav.bookings", "calendar", Role.Viewer, Role.Instructor, Role.Coordinator),
        new("/queue", "nav.queue", "hourglass", Role.Viewer, Role.Instructor, Role.Coordinator),
        new("/settings", "nav.settings", "settings", Role.Viewer, Role.Instructor, Role.Coordinator, Role.Operator),
    ];

    /// <summary>The entries that a role sees.</summary>
    public static IEnumerable<NavigationEntry> Of(Role role) => All.Where(entry => entry.Roles.Contains(role));

    /// <summary>The page that a role sees first.</summary>
    public static string First(Role role) => Of(role).First().Path;

    /// <summary>Whether the address is this page or a page below.</summary>
    public bool IsCurrent(PathString address) => address.StartsWithSegments(Path, StringComparison.OrdinalIgnoreCase);
}
