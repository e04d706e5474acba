using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>
/// The cookie of a signed-in browser. The cookie names what signed the reader in. Role and institution are looked up at each request, so a change or a
/// revocation counts at once.
/// </summary>
internal sealed class SessionCookie(CatalogueCopy catalogue) : CookieAuthenticationEvents
{
    public const string SchemeName = "Session";
    public const string CookieName = "scheduler-session";
    private const string KeyName = "key";

    /// <summary>Signs a browser in with an API key.</summary>
    public static Task SignIn(HttpContext http, ApiKey key) => http.SignInAsync(
        SchemeName, new ClaimsPrincipal(new ClaimsIdentity(SchemeName)), new() { Items = { [KeyName] = key.Id.ToString() } });

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        if (context.Properties.Items.TryGetValue(KeyName, out var text) && Guid.TryParseExact(text, "D", out var id)
            && await Key(new(id), context.HttpContext.RequestAborted) is { RevokedAt: null } key)
        {
            context.ReplacePrincipal(new(new SignedInIdentity(new(key.Id.ToString(), key.Role, key.Institution, key.Name), SchemeName, key.Id)));
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SchemeName);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!PageRequests.IsPage(context.HttpContext))
            return ApiProblem.NotSignedIn().Write(context.HttpContext).AsTask();
        context.Response.Redirect(context.RedirectUri);
        return Task.CompletedTask;
    }

    /// <summary>A page that the reader may not see answers like a page that does not exist.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!PageRequests.IsPage(context.HttpContext))
            return ApiProblem.Forbidden().Write(context.HttpContext).AsTask();
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    /// <summary>The key. Another process may have made the key a moment ago, so a missing key is looked for in the newest catalogue.</summary>
    private async ValueTask<ApiKey?> Key(ApiKeyId id, CancellationToken cancellation)
    {
        var seen = catalogue.Current;
        if (seen.ApiKeys.TryGetValue(id, out var known))
            return known.Value;
        return await catalogue.IsBehind(seen, cancellation) ? catalogue.Current.ApiKeys.GetValueOrDefault(id)?.Value : null;
    }
}
