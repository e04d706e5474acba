using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The framework's sign-in, which ends in a session of ours: a row of the account, named by the cookie. The session ends when the row goes.
/// </summary>
internal sealed class AccountSignIn(
    UserManager<AccountDraft> users, IHttpContextAccessor accessor, IUserClaimsPrincipalFactory<AccountDraft> principals, IOptions<IdentityOptions> options,
    ILogger<SignInManager<AccountDraft>> log, IAuthenticationSchemeProvider schemes, IUserConfirmation<AccountDraft> confirmation, AccountCommits commits,
    IClock clock)
    : SignInManager<AccountDraft>(users, accessor, principals, options, log, schemes, confirmation)
{
    /// <summary>
    /// Whether the framework's sign-in has begun a session. The framework says that a sign-in succeeded also when the ledger did not take the session.
    /// </summary>
    public bool HasBegun { get; private set; }

    /// <summary>The framework comes here when a password, and a code where one is needed, were right.</summary>
    public override async Task SignInWithClaimsAsync(
        AccountDraft user, AuthenticationProperties? authenticationProperties, IEnumerable<Claim> additionalClaims) =>
        HasBegun = await Begin(user.Row.Id, additionalClaims.Any(said => said is { Type: "amr", Value: "mfa" }));

    /// <summary>Whether the browser has asked for the options of a passkey a moment ago. Without them, the framework cannot check a passkey's answer.</summary>
    public async Task<bool> HasPasskeyOptions() =>
        await Context.AuthenticateAsync(IdentityConstants.TwoFactorUserIdScheme) is { Succeeded: true, Principal: { } step }
        && step.Claims.All(said => said.Type != ClaimTypes.Name);

    /// <summary>
    /// Signs the browser in, and shows pages there as the person has chosen. Returns false when the account is gone, or the ledger took no change.
    /// </summary>
    /// <param name="id">The account.</param>
    /// <param name="isStrong">Whether a passkey or a second factor was used.</param>
    public async Task<bool> Begin(AccountId id, bool isStrong)
    {
        var now = clock.GetCurrentInstant();
        // The browser's cookie names one session. So the session of before is not needed any more.
        var present = SignedInIdentity.Of(Context.User)?.Session;
        var session = new BrowserSession(Guid.CreateVersion7(), now, BrowserName.Of(Context.Request.Headers.UserAgent.ToString()), isStrong);
        var account = await commits.Change(
            id, ChangeKind.AccountSignedIn,
            before => before with
            {
                FailedSignIns = 0,
                Sessions =
                [
                    .. before.Sessions.Where(one => one.Id != present && AccountSessions.IsLive(one, now)).TakeLast(AccountLimits.SessionsOfAccount - 1),
                    session,
                ],
            },
            Context.RequestAborted);
        if (account is null)
            return false;
        await SessionCookie.SignIn(Context, account, session);
        if (account.Choices is { } choices)
            PageCookies.Keep(Context, choices);
        return true;
    }
}
