using System.Collections.Immutable;
using System.Security.Claims;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A provider of OpenID Connect at which people may sign in.</summary>
internal sealed record SignInProvider
{
    private SignInProvider(string id, SchedulerOptions.ProviderOptions options)
    {
        Id = id;
        Options = options;
        Institutions = [.. Parts(options.Institutions).Select(InstitutionId.Of)];
        Domains = [.. Parts(options.Domains).Select(domain => domain.ToLowerInvariant())];
    }

    /// <summary>The id in the settings and in the addresses.</summary>
    public string Id { get; }

    /// <summary>The settings.</summary>
    public SchedulerOptions.ProviderOptions Options { get; }

    /// <summary>The name of the framework's scheme.</summary>
    public string Scheme => $"OpenIdConnect:{Id}";

    /// <summary>The address at which the provider sends people back.</summary>
    public string Callback => $"{SignInPaths.Provider}/{Id}/callback";

    private ImmutableArray<InstitutionId> Institutions { get; }

    private ImmutableArray<string> Domains { get; }

    /// <summary>The providers of the settings, by name.</summary>
    public static ImmutableArray<SignInProvider> All(SchedulerOptions options) =>
        [.. options.OpenIdConnect.Select(one => new SignInProvider(one.Key, one.Value)).OrderBy(one => one.Options.Name, StringComparer.CurrentCulture)];

    /// <summary>The words of a text that separates them by commas.</summary>
    public static IEnumerable<string> Parts(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The address that begins a sign-in.</summary>
    public string Address(string? back, string? secret = null) => $"{SignInPaths.Provider}/{Id}" + (secret, back) switch
    {
        ({ } code, _) => $"?{SignInPaths.Secret}={Uri.EscapeDataString(code)}",
        (_, { } page) => $"?{SignInPaths.Back}={Uri.EscapeDataString(page)}",
        _ => "",
    };

    /// <summary>Whether people with this e-mail address, of this institution, may come in by the provider. Operators have no institution.</summary>
    public bool Admits(string email, InstitutionId? institution) => AdmitsDomain(email)
        && (Institutions.IsEmpty || (institution is { } id && Institutions.Contains(id)));

    /// <summary>The e-mail address, when the provider says that it has verified the address; otherwise null.</summary>
    public string? VerifiedEmail(ClaimsPrincipal person) => person.FindFirstValue("email") is { } email && EmailAddress.IsPossible(email)
        && person.FindFirstValue(Options.VerifiedField) is { } verified && (verified == "1" || (bool.TryParse(verified, out var isVerified) && isVerified))
            ? email
            : null;

    private bool AdmitsDomain(string email) => Domains.IsEmpty || Domains.Contains(EmailAddress.Key(email)[(EmailAddress.Key(email).LastIndexOf('@') + 1)..]);
}
