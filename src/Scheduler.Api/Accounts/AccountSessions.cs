using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>How long a session lives, and what it may do.</summary>
internal static class AccountSessions
{
    public static bool IsLive(BrowserSession session, Instant now) => now < session.StartedAt + Duration.FromDays(AccountLimits.SessionDays);

    /// <summary>Whether the account has to set up a second factor or a passkey before it does anything else.</summary>
    public static bool NeedsSecondFactor(Account account, BrowserSession session) => account.Role == Role.Operator && !session.IsStrong;
}
