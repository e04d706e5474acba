using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>R14: the API keys that a reader manages.</summary>
internal static class KeyList
{
    /// <summary>Whether the caller manages keys of this role at this institution.</summary>
    public static bool Manages(Principal who, Catalogue catalogue, Role role, InstitutionId? institution) =>
        KeyRules.Manages(who, role, institution, institution is { } id ? catalogue.Institutions.GetValueOrDefault(id)?.Value.Board : null);

    /// <summary>The keys that the caller manages, revoked keys included.</summary>
    public static IEnumerable<Versioned<ApiKey>> Of(Principal who, Catalogue catalogue) =>
        catalogue.ApiKeys.Values.Where(key => Manages(who, catalogue, key.Value.Role, key.Value.Institution));

    /// <summary>The roles of keys that the caller may make at an institution; null stands for none. A feed's key is made on the page of the feed.</summary>
    public static IEnumerable<Role> Roles(Principal who, Catalogue catalogue, InstitutionId? institution) =>
        Enum.GetValues<Role>().Where(role => PeopleRules.Fits(role, institution) && Manages(who, catalogue, role, institution));
}
