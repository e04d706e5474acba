using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>How an attempt to sign in ended: a closed list.</summary>
internal abstract record SignInOutcome
{
    private SignInOutcome()
    {
    }

    /// <summary>The browser is signed in.</summary>
    public sealed record Done(Role Role) : SignInOutcome;

    /// <summary>The password was right, and a code is needed.</summary>
    public sealed record NeedsCode : SignInOutcome;

    /// <summary>The address or the password is wrong.</summary>
    public sealed record Wrong : SignInOutcome;

    /// <summary>Too many wrong answers for this address.</summary>
    public sealed record Locked(Instant Until) : SignInOutcome;

    /// <summary>Too many wrong answers from the caller's address.</summary>
    public sealed record TooMany : SignInOutcome;

    /// <summary>The ledger did not take the session, so nobody is signed in.</summary>
    public sealed record Unavailable : SignInOutcome;
}
