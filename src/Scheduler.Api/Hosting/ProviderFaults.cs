using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Checks the settings of a provider of OpenID Connect.</summary>
internal static class ProviderFaults
{
    private const int LongestName = 60;

    public static IEnumerable<string> Of(string id, SchedulerOptions.ProviderOptions provider)
    {
        if (!Slug.IsValid(id))
            yield return $"{Name(id, "Name")}: the id '{id}' of the provider must be lower-case letters, digits and hyphens. It is part of an address.";
        if (string.IsNullOrWhiteSpace(provider.Name) || provider.Name.Length > LongestName)
            yield return $"{Name(id, "Name")} must be what the button is called, at most {LongestName} characters.";
        if (!IsAddress(provider.Authority))
            yield return $"{Name(id, "Authority")} must be an address that begins with https://, as the provider shows it; it is '{provider.Authority}'.";
        if (provider.ClientId.Length == 0)
            yield return $"{Name(id, "ClientId")} must be the id that the provider has given to this server.";
        if (provider.ClientSecret.Length == 0)
            yield return $"{Name(id, "ClientSecret")} must be the secret that the provider has given to this server.";
        if (SignInProvider.Parts(provider.Institutions).FirstOrDefault(word => !InstitutionId.TryParse(word, out _)) is { } institution)
            yield return $"{Name(id, "Institutions")} must be ids of institutions, separated by commas; '{institution}' is none.";
        if (SignInProvider.Parts(provider.Domains).FirstOrDefault(word => word.Contains('@', StringComparison.Ordinal)) is { } domain)
            yield return $"{Name(id, "Domains")} must be domains such as school.example, separated by commas; '{domain}' is none.";
    }

    /// <summary>Plain HTTP is for a provider on this machine alone: over a network anybody could answer in the provider's place.</summary>
    private static bool IsAddress(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback));

    private static string Name(string id, string setting) => SettingNames.Name($"OpenIdConnect:{id}:{setting}");
}
