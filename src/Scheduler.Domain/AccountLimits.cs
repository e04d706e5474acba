namespace Scheduler.Domain;

/// <summary>The limits of accounts, sessions and invitations.</summary>
public static class AccountLimits
{
    /// <summary>Shortest password, in characters. There is no other rule about its form.</summary>
    public const int PasswordCharacters = 12;

    /// <summary>Longest password, in characters.</summary>
    public const int LongestPassword = 256;

    /// <summary>Rounds of the hash of passwords (PBKDF2 with SHA-512).</summary>
    public const int PasswordIterations = 210_000;

    /// <summary>Wrong passwords or codes in a row after which an account is locked.</summary>
    public const int WrongSignIns = 5;

    /// <summary>Minutes for which an account is locked.</summary>
    public const int LockMinutes = 15;

    /// <summary>Wrong answers from one address of the network within <see cref="WrongSignInMinutes"/>.</summary>
    public const int WrongSignInsOfCaller = 100;

    /// <summary>Wrong answers for one e-mail address within <see cref="WrongSignInMinutes"/>.</summary>
    public const int WrongSignInsOfEmail = 20;

    /// <summary>Minutes in which wrong answers are counted.</summary>
    public const int WrongSignInMinutes = 5;

    /// <summary>Time steps of 30 seconds by which the clock of an authenticator app may be before or after the server's.</summary>
    public const int CodeSteps = 1;

    /// <summary>
    /// Seconds without news from the other processes of a cluster after which a process trusts its copy of the accounts no more, and reads the account of each
    /// request from the database.
    /// </summary>
    public const int SecondsWithoutNews = 30;

    /// <summary>Days after which a browser has to sign in again.</summary>
    public const int SessionDays = 7;

    /// <summary>Browsers in which one person may be signed in. A further one ends the oldest session.</summary>
    public const int SessionsOfAccount = 20;

    /// <summary>Passkeys of one person.</summary>
    public const int PasskeysOfAccount = 10;

    /// <summary>Days for which the link of an invitation works.</summary>
    public const int InvitationDays = 7;

    /// <summary>Hours for which the link of the verb <c>recover</c> works.</summary>
    public const int RecoveryHours = 1;

    /// <summary>Open invitations of one institution.</summary>
    public const int OpenInvitations = 500;
}
