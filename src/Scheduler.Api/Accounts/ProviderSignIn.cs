using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Signs in a person whom a provider of OpenID Connect has named. Nobody gets an account by this alone: the person has an account with the same e-mail address,
/// which the provider has verified, or the link of an invitation to this address.
/// </summary>
internal sealed class ProviderSignIn(
    AccountSignIn signIn, AccountCopy accounts, AccountCommits commits, PeopleCommands people, CatalogueCopy catalogue, NodaTime.IClock clock)
{
    /// <summary>The name under which the state of a sign-in keeps the hash of an invitation's secret.</summary>
    public const string Invitation = "invitation";

    /// <summary>
    /// The name under which the state of a sign-in keeps the page to open afterwards. The framework's own place has this server's link in it.
    /// </summary>
    public const string Back = "back";

    /// <summary>Ends a sign-in. Returns the page to open next.</summary>
    public async Task<string> End(HttpContext http, SignInProvider provider, ClaimsPrincipal person, AuthenticationProperties state)
    {
        if (person.FindFirstValue("iss") is not { Length: > 0 } issuer || person.FindFirstValue("sub") is not { Length: > 0 } subject)
            return SignInPaths.NoProvider("failed");
        if (provider.VerifiedEmail(person) is not { } email)
            return SignInPaths.NoProvider("unverified");
        var login = new ExternalLogin(issuer, subject);
        var fault = state.Items.TryGetValue(Invitation, out var hash) && hash is not null
            ? await Join(provider, login, email, person.FindFirstValue("name"), hash, http.RequestAborted)
            : await Link(provider, login, email, http.RequestAborted);
        if (fault is not null)
            return SignInPaths.NoProvider(fault);
        var result = await signIn.ExternalLoginSignInAsync(login.Provider, login.Key, isPersistent: false, bypassTwoFactor: false);
        var back = state.Items.TryGetValue(Back, out var page) && page is not null ? PageRequests.Local(page) : null;
        return result switch
        {
            { RequiresTwoFactor: true } => back is null ? SignInPaths.Code : $"{SignInPaths.Code}?{SignInPaths.Back}={Uri.EscapeDataString(back)}",
            { Succeeded: true } when !signIn.HasBegun => SignInPaths.Unavailable,
            { Succeeded: true } => back ?? NavigationEntry.First(accounts.ByLogin(login)!.Role),
            { IsLockedOut: true } => SignInPaths.NoProvider("locked"),
            _ => SignInPaths.NoProvider("failed"),
        };
    }

    /// <summary>Finds the account, and keeps the login in it. Returns why the person may not come in; null when the person may.</summary>
    private async Task<string?> Link(SignInProvider provider, ExternalLogin login, string email, CancellationToken cancellation)
    {
        if ((accounts.ByLogin(login) ?? accounts.ByEmail(email)) is not { } known
            || await accounts.Newest(known.Id, cancellation) is not { RemovedAt: null } account)
            return "unknown";
        if (!provider.Admits(email, account.Institution))
            return "elsewhere";
        if (account.Logins.Contains(login))
            return null;
        // A school may give an address to another person, whom its provider names by another id. That person needs an account of its own.
        if (account.Logins.Any(one => one.Provider == login.Provider))
            return "another";
        return await commits.Change(
            account.Id, ChangeKind.AccountChanged,
            before => before.Logins.Contains(login) ? before : before with { Logins = before.Logins.Add(login), SecurityStamp = ApiKeySecret.Draw() },
            cancellation) is null
            ? "failed"
            : null;
    }

    private async Task<string?> Join(
        SignInProvider provider, ExternalLogin login, string email, string? name, string hash, CancellationToken cancellation)
    {
        if (accounts.BySecret(hash) is not { Recovers: null } invitation || !accounts.IsOpen(invitation, clock.GetCurrentInstant(), catalogue.Current))
            return "ended";
        if (EmailAddress.Key(invitation.Email) != EmailAddress.Key(email))
            return "address";
        if (!provider.Admits(email, invitation.Institution) || accounts.ByLogin(login) is not null)
            return "elsewhere";
        var called = name is not null && PersonFields.Fault(name, email) is null ? name.Trim() : email;
        return await people.Accept(invitation.Id, called, new() { Login = login }, cancellation) switch
        {
            CommandResult<AccountSnapshot>.Done => null,
            CommandResult<AccountSnapshot>.Refused => "taken",
            _ => "ended",
        };
    }
}
