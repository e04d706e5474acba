using System.Collections.Immutable;

namespace Scheduler.Api;

/// <summary>The providers of OpenID Connect of the settings.</summary>
internal sealed record SignInProviders(ImmutableArray<SignInProvider> All)
{
    /// <summary>The provider with an id; null when there is none.</summary>
    public SignInProvider? Find(string id) => All.FirstOrDefault(one => one.Id == id);
}
