using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>R14: the people and the invitations that a reader manages.</summary>
internal static class PeopleList
{
    /// <summary>Whether the caller manages people of this role at this institution.</summary>
    public static bool Manages(Principal who, Catalogue catalogue, Role role, InstitutionId? institution) =>
        PeopleRules.Manages(who, role, institution, institution is { } id ? catalogue.Institutions.GetValueOrDefault(id)?.Value.Board : null);

    /// <summary>The roles that the caller may give at an institution; null stands for none.</summary>
    public static IEnumerable<Role> Roles(Principal who, Catalogue catalogue, InstitutionId? institution) =>
        Enum.GetValues<Role>().Where(role => PeopleRules.Fits(role, institution) && Manages(who, catalogue, role, institution));

    /// <summary>The people whom the caller manages, by name.</summary>
    public static IEnumerable<Account> People(Principal who, Catalogue catalogue, AccountCopy accounts) => accounts.Accounts.Values
        .Where(account => account.RemovedAt is null && Manages(who, catalogue, account.Role, account.Institution));

    /// <summary>The invitations that the caller manages.</summary>
    public static IEnumerable<Invitation> Invitations(Principal who, Catalogue catalogue, AccountCopy accounts) => accounts.Invitations.Values
        .Where(invitation => Manages(who, catalogue, invitation.Role, invitation.Institution));

    /// <summary>The link of an invitation, for a browser.</summary>
    public static string Link(HttpRequest request, string secret) =>
        SignInPaths.ForBrowsers($"{request.Scheme}://{request.Host}{SignInPaths.Join}?{SignInPaths.Secret}={secret}");
}
