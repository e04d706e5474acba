using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>How long a session lives, and what it may do.</summary>
internal static class AccountSessions
{
    public static bool IsLive(BrowserSession session, Instant now) => now < EndOf(session);

    /// <summary>When a session ends, whatever its reader does.</summary>
    public static Instant EndOf(BrowserSession session) => session.StartedAt + Duration.FromDays(AccountLimits.SessionDays);

    /// <summary>Whether the account has to set up a second factor or a passkey before it does anything else.</summary>
    public static bool NeedsSecondFactor(Account account, BrowserSession session) => account.Role == Role.Operator && !session.IsStrong;

    /// <summary>Whether something besides a password signs the person in: a passkey, or a code after the password.</summary>
    public static bool HasStrongMeans(Account account) => account.HasSecondFactor || !account.Passkeys.IsEmpty;

    /// <summary>
    /// Whether a reader may set up a second factor or a passkey. A reader who is held because the password alone was used may do so only while the account
    /// has neither: otherwise a stolen password would open the account of an operator with a passkey.
    /// </summary>
    public static bool MayEnrol(Account account, SignedInIdentity reader) =>
        account.Sessions.Any(one => one.Id == reader.Session) && (!reader.NeedsSecondFactor || !HasStrongMeans(account));

    /// <summary>
    /// The account after its reader has set up a second factor or a passkey: the session counts like one that began so. An operator's other browsers are signed
    /// out, because the password alone may have signed them in.
    /// </summary>
    public static Account Enrolled(Account account, Guid? session) => account with
    {
        SecurityStamp = ApiKeySecret.Draw(),
        Sessions =
        [
            .. account.Sessions.Where(one => one.Id == session || account.Role != Role.Operator)
                .Select(one => one.Id == session ? one with { IsStrong = true } : one),
        ],
    };
}
