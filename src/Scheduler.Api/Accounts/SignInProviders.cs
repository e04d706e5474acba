using System.Collections.Immutable;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The providers of OpenID Connect of the settings.</summary>
internal sealed record SignInProviders(ImmutableArray<SignInProvider> All)
{
    /// <summary>The provider with an id; null when there is none.</summary>
    public SignInProvider? Find(string id) => All.FirstOrDefault(one => one.Id == id);

    /// <summary>The name of a login's provider; the address of the provider when the settings name it no more.</summary>
    public string NameOf(ExternalLogin login) =>
        All.FirstOrDefault(one => one.Options.Authority.TrimEnd('/') == login.Provider.TrimEnd('/'))?.Options.Name ?? login.Provider;
}
