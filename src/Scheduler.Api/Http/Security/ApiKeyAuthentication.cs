using System.Runtime.CompilerServices;
using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// Signs in a caller who sends an API key: <c>Authorization: Bearer sk_…</c>. Every call runs this code, so the class implements the framework's interface
/// itself: the framework's base class would make options and a logger for each call, and log each bad key.
/// </summary>
internal sealed class ApiKeyAuthentication(CatalogueCopy catalogue) : IAuthenticationHandler
{
    public const string SchemeName = "ApiKey";

    private const string Bearer = "Bearer";

    // A key never changes until it is revoked. So its result is made once, and is collected together with the key.
    private static readonly ConditionalWeakTable<ApiKey, Task<AuthenticateResult>> _results = [];
    private static readonly Task<AuthenticateResult> _nobody = Task.FromResult(AuthenticateResult.NoResult());
    private HttpContext _http = null!;

    public Task InitializeAsync(AuthenticationScheme scheme, HttpContext context)
    {
        _http = context;
        return Task.CompletedTask;
    }

    public Task<AuthenticateResult> AuthenticateAsync()
    {
        if (Token() is not { Length: > 0 } token)
            return _nobody;
        var hash = ApiKeySecret.Hash(token);
        var seen = catalogue.Current;
        return seen.KeysByHash.TryGetValue(hash, out var key) ? Success(key) : Unknown(seen, hash);
    }

    public Task ChallengeAsync(AuthenticationProperties? properties) => ApiProblem.NotSignedIn().Write(_http).AsTask();

    public Task ForbidAsync(AuthenticationProperties? properties) => ApiProblem.Forbidden().Write(_http).AsTask();

    private static Task<AuthenticateResult> Success(ApiKey key) => _results.GetValue(key, static key => Task.FromResult(AuthenticateResult.Success(new(
        new ClaimsPrincipal(new SignedInIdentity(new(key.Id.ToString(), key.Role, key.Institution, key.Name), SchemeName, key.Id)), SchemeName))));

    /// <summary>The bearer's token; empty for another scheme, a malformed header, or a header longer than any key.</summary>
    private ReadOnlySpan<char> Token()
    {
        if (_http.Request.Headers.Authorization is not [{ } header] || header.Length <= Bearer.Length + 1 || header.Length > ApiKeySecret.MaxLength)
            return default;
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase) && header[Bearer.Length] == ' '
            ? header.AsSpan(Bearer.Length + 1).Trim()
            : default;
    }

    /// <summary>
    /// Another silo may have made the key a moment ago, so the newest catalogue is checked. All callers with unknown tokens share one small read at a time, so
    /// guessed keys cost the server little.
    /// </summary>
    private async Task<AuthenticateResult> Unknown(Catalogue seen, string hash) =>
        await catalogue.IsBehind(seen, _http.RequestAborted) && catalogue.Current.KeysByHash.TryGetValue(hash, out var key)
            ? await Success(key)
            : AuthenticateResult.NoResult();
}
