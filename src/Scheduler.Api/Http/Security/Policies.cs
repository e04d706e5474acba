using Microsoft.AspNetCore.Authorization;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The authorization policies: one for each set of roles that may call a route. Whether a caller may see the subject of a route is decided by another policy:
/// see <see cref="Reach"/>.
/// </summary>
internal static class Policies
{
    /// <summary>Operators.</summary>
    public const string Operators = "Operators";

    /// <summary>Operators and coordinators.</summary>
    public const string Managers = "Managers";

    /// <summary>Roles that may book: operators, coordinators and instructors.</summary>
    public const string Bookers = "Bookers";

    /// <summary>Everybody who is signed in.</summary>
    public const string SignedIn = "SignedIn";

    /// <summary>The institution given as the resource is within the caller's reach (R14).</summary>
    public const string Reach = "Reach";

    private static readonly Dictionary<string, Role[]> _roles = new()
    {
        [Operators] = [Role.Operator],
        [Managers] = [Role.Operator, Role.Coordinator],
        [Bookers] = [Role.Operator, Role.Coordinator, Role.Instructor],
        [SignedIn] = [Role.Operator, Role.Coordinator, Role.Instructor, Role.Viewer],
    };

    public static void Add(AuthorizationOptions options)
    {
        foreach (var (name, roles) in _roles)
            options.AddPolicy(name, policy => policy.RequireRole(roles.Select(TextForms.Role.Write)));
        options.AddPolicy(Reach, policy => policy.AddRequirements(new ReachRequirement()));
    }

    /// <summary>The roles of a policy.</summary>
    public static IReadOnlyList<Role> Roles(string policy) => _roles[policy];
}
