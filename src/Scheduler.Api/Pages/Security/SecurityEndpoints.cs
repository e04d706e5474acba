using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The forms about passkeys, sessions and the second factor. Each answers with a redirect to a page, or with options for a browser.</summary>
internal static class SecurityEndpoints
{
    private const int LongestCredential = 64_000;
    private const int LongestName = 60;

    public static void MapSecurity(this IEndpointRouteBuilder endpoints)
    {
        endpoints.MapPost(PasskeyAddress.SignInOptions, SignInOptions).AllowAnonymous().TakesForm();
        endpoints.MapPost(PasskeyAddress.SignIn(null), SignIn).AllowAnonymous().TakesForm();
        endpoints.MapPost(PasskeyAddress.MakeOptions, MakeOptions).RequireAuthorization(Policies.SignedIn).TakesForm();
        endpoints.MapPost(SignInPaths.Passkeys, Make).RequireAuthorization(Policies.SignedIn).TakesForm();
        endpoints.MapPost($"{SignInPaths.Passkeys}/{{id}}/remove", Remove).RequireAuthorization(Policies.SignedIn).TakesForm();
        endpoints.MapPost(SignInPaths.RemoveLogin, RemoveLogin).RequireAuthorization(Policies.SignedIn).TakesForm();
        endpoints.MapPost($"{SignInPaths.SecondFactor}/off", TurnOff).RequireAuthorization(Policies.SignedIn).TakesForm();
        endpoints.MapPost($"{SignInPaths.Security}/sessions/{{id:guid}}/end", EndSession).RequireAuthorization(Policies.SignedIn).TakesForm();
        endpoints.MapPost($"{SignInPaths.Security}/sessions/end", EndSessions).RequireAuthorization(Policies.SignedIn).TakesForm();
    }

    private static async Task<IResult> SignInOptions(AccountSignIn accounts) =>
        TypedResults.Text(await accounts.MakePasskeyRequestOptionsAsync(null), JsonBytes.MediaType);

    private static async Task<IResult> SignIn(HttpContext http, AccountSignIn accounts, UserManager<AccountDraft> users, string? back)
    {
        if (await Credential(http) is not { } credential || !await accounts.HasPasskeyOptions())
            return TypedResults.LocalRedirect(SignInPaths.NoPasskey);
        var asserted = await accounts.PerformPasskeyAssertionAsync(credential);
        if (!asserted.Succeeded)
            return TypedResults.LocalRedirect(SignInPaths.NoPasskey);
        if (!(await users.AddOrUpdatePasskeyAsync(asserted.User, asserted.Passkey)).Succeeded || !await accounts.Begin(asserted.User.Row.Id, isStrong: true))
            return TypedResults.LocalRedirect(SignInPaths.Unavailable);
        return TypedResults.LocalRedirect(back is null ? NavigationEntry.First(asserted.User.Row.Role) : PageRequests.Local(back));
    }

    private static async Task<IResult> MakeOptions(HttpContext http, AccountSignIn accounts, AccountReader reader) =>
        await reader.Find(http) is { } account && AccountReader.MayEnrol(http, account.Row) && account.Row.Passkeys.Length < AccountLimits.PasskeysOfAccount
            ? TypedResults.Text(
                await accounts.MakePasskeyCreationOptionsAsync(
                    new() { Id = account.Row.Id.ToString(), Name = account.Row.Email, DisplayName = account.Row.Name }),
                JsonBytes.MediaType)
            : TypedResults.StatusCode(StatusCodes.Status404NotFound);

    private static async Task<IResult> Make(HttpContext http, AccountSignIn accounts, AccountReader reader, IClock clock)
    {
        if (await reader.Find(http) is not { } account || !AccountReader.MayEnrol(http, account.Row) || await Credential(http) is not { } credential
            || account.Row.Passkeys.Length >= AccountLimits.PasskeysOfAccount || !await accounts.HasPasskeyOptions())
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        var attested = await accounts.PerformPasskeyAttestationAsync(credential);
        if (!attested.Succeeded)
            return TypedResults.StatusCode(StatusCodes.Status400BadRequest);
        var name = (await http.Request.ReadFormAsync(http.RequestAborted))["name"].FirstOrDefault()?.Trim();
        attested.Passkey.Name = name is { Length: > 0 and <= LongestName } && TextForms.AnyText.Accepts(name, out _) ? name : "Passkey";
        return await reader.Enrol(http, PasskeyRows.Of(attested.Passkey) with { MadeAt = clock.GetCurrentInstant() })
            ? TypedResults.LocalRedirect($"{SignInPaths.Security}?done=passkey")
            : TypedResults.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static Task<IResult> Remove(HttpContext http, AccountReader reader, string id) =>
        TakeAway(http, reader, "removed", account => account with { Passkeys = account.Passkeys.RemoveAll(passkey => passkey.Id == id) });

    private static async Task<IResult> RemoveLogin(HttpContext http, AccountReader reader)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var login = new ExternalLogin(form["provider"].ToString(), form["subject"].ToString());
        return await TakeAway(http, reader, "login", account => account with { Logins = account.Logins.Remove(login) });
    }

    /// <summary>Takes away what signs the reader in. What alone signs the reader in stays, also when two forms arrive together.</summary>
    private static async Task<IResult> TakeAway(HttpContext http, AccountReader reader, string done, Func<Account, Account> remove)
    {
        if (SignedInIdentity.Of(http.User) is not { NeedsSecondFactor: false })
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        var isLast = false;
        var isChanged = await reader.Change(http, account =>
        {
            var after = remove(account);
            isLast = after.SignInMeans == 0;
            return isLast ? account : after with { SecurityStamp = ApiKeySecret.Draw() };
        });
        return isChanged && !isLast
            ? TypedResults.LocalRedirect($"{SignInPaths.Security}?done={done}")
            : TypedResults.StatusCode(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> TurnOff(HttpContext http, AccountReader reader) =>
        await reader.Find(http) is { Row.Role: not Role.Operator }
        && await reader.Change(http, account => account with { HasSecondFactor = false, AuthenticatorKey = null, RecoveryCodes = [] })
            ? TypedResults.LocalRedirect($"{SignInPaths.Security}?done=off")
            : TypedResults.StatusCode(StatusCodes.Status404NotFound);

    private static async Task<IResult> EndSession(HttpContext http, AccountReader reader, Guid id) =>
        await reader.Change(http, account => account with { Sessions = account.Sessions.RemoveAll(session => session.Id == id) })
            ? TypedResults.LocalRedirect($"{SignInPaths.Security}?done=sessions")
            : TypedResults.StatusCode(StatusCodes.Status404NotFound);

    private static async Task<IResult> EndSessions(HttpContext http, AccountReader reader)
    {
        if (!await reader.Change(http, account => account with { Sessions = [] }))
            return TypedResults.StatusCode(StatusCodes.Status404NotFound);
        await http.SignOutAsync(SessionCookie.SchemeName);
        return TypedResults.LocalRedirect("/");
    }

    private static async Task<string?> Credential(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        return form["credential"].FirstOrDefault() is { Length: > 0 and <= LongestCredential } text ? text : null;
    }
}
