using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Diagnostics;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The cookie of a signed-in browser. The cookie names what signed the reader in: a session of an account, or an API key. Role and institution are looked up at
/// each request, so a change, a removal or a revocation counts at once.
/// </summary>
internal sealed class SessionCookie(CatalogueCopy catalogue, AccountCopy accounts, IClock clock, IServiceProvider services) : CookieAuthenticationEvents
{
    public const string SchemeName = "Session";
    public const string CookieName = "scheduler-session";
    private const string KeyName = "key";
    private const string AccountName = "account";
    private const string SessionName = "session";

    /// <summary>Signs a browser in with an API key.</summary>
    public static Task SignIn(HttpContext http, ApiKey key) => Begin(http, new() { Items = { [KeyName] = key.Id.ToString() } });

    /// <summary>Signs a browser in with a session of an account.</summary>
    public static Task SignIn(HttpContext http, Account account, BrowserSession session) =>
        Begin(http, new() { Items = { [AccountName] = account.Id.ToString(), [SessionName] = session.Id.ToString("D") } });

    /// <summary>Gives the browser a new cookie for what signed it in, so that the sign-in lasts as long again.</summary>
    public static async Task Prolong(HttpContext http)
    {
        var properties = new AuthenticationProperties();
        foreach (var (name, value) in (await http.AuthenticateAsync(SchemeName)).Properties?.Items ?? properties.Items)
        {
            if (name is KeyName or AccountName or SessionName)
                properties.Items[name] = value;
        }

        if (properties.Items.Count > 0)
            await Begin(http, properties);
    }

    public override async Task ValidatePrincipal(CookieValidatePrincipalContext context)
    {
        try
        {
            if (await Identity(context.Properties, context.HttpContext.RequestAborted) is { } identity)
            {
                context.ReplacePrincipal(new(identity));
                return;
            }
        }
        catch (Exception fault) when (IsOfStatusPage(context.HttpContext) && fault is LedgerUnreachableException or LedgerBusyException)
        {
            // The page that says so is for everybody. The browser keeps its cookie.
            context.RejectPrincipal();
            return;
        }

        context.RejectPrincipal();
        await context.HttpContext.SignOutAsync(SchemeName);
    }

    public override Task RedirectToLogin(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!PageRequests.HasPageAsAnswer(context.HttpContext))
            return ApiProblem.NotSignedIn().Write(context.HttpContext).AsTask();
        // The framework's own address would lead back to the address of the form, which is no page.
        context.Response.Redirect($"{SignInPaths.SignIn}?{SignInPaths.Back}={Uri.EscapeDataString(PageRequests.Seen(context.HttpContext))}");
        return Task.CompletedTask;
    }

    /// <summary>A page that the reader may not see answers like a page that does not exist.</summary>
    public override Task RedirectToAccessDenied(RedirectContext<CookieAuthenticationOptions> context)
    {
        if (!PageRequests.HasPageAsAnswer(context.HttpContext))
            return ApiProblem.Forbidden().Write(context.HttpContext).AsTask();
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static bool IsOfStatusPage(HttpContext http) => http.Features.Get<IStatusCodeReExecuteFeature>() is not null;

    private static Task Begin(HttpContext http, AuthenticationProperties properties) =>
        http.SignInAsync(SchemeName, new ClaimsPrincipal(new ClaimsIdentity(SchemeName)), properties);

    private async ValueTask<SignedInIdentity?> Identity(AuthenticationProperties properties, CancellationToken cancellation)
    {
        if (Id(properties, KeyName) is { } keyId)
        {
            return await Key(new(keyId), cancellation) is { RevokedAt: null } key
                ? new(new(key.Id.ToString(), key.Role, key.Institution, key.Name), SchemeName, key.Id)
                : null;
        }

        if (Id(properties, AccountName) is not { } accountId || Id(properties, SessionName) is not { } sessionId
            || await Session(new(accountId), sessionId, cancellation) is not var (account, session))
            return null;
        var needsSecondFactor = AccountSessions.NeedsSecondFactor(account, session) && services.GetService<Demo.DemoLoading>() is null;
        return new(new(account.Id.ToString(), account.Role, account.Institution, account.Name), SchemeName, null)
        {
            Account = account.Id, Session = session.Id, NeedsSecondFactor = needsSecondFactor,
        };
    }

    private static Guid? Id(AuthenticationProperties properties, string name) =>
        properties.Items.TryGetValue(name, out var text) && Guid.TryParseExact(text, "D", out var id) ? id : null;

    /// <summary>The account and its session. Another process may have begun the session a moment ago, so the ledger is asked for a missing one.</summary>
    private async ValueTask<(Account Account, BrowserSession Session)?> Session(AccountId id, Guid session, CancellationToken cancellation)
    {
        var account = await accounts.Trusted(id, cancellation);
        if (account?.Sessions.All(one => one.Id != session) != false)
            account = await accounts.Newest(id, cancellation);
        return account is { RemovedAt: null } && account.Sessions.FirstOrDefault(one => one.Id == session) is { } found
            && AccountSessions.IsLive(found, clock.GetCurrentInstant())
            ? (account, found)
            : null;
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
