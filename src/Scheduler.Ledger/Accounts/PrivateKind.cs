namespace Scheduler.Ledger;

/// <summary>The kinds of private rows.</summary>
public enum PrivateKind
{
    /// <summary>An account. Its id is the account's.</summary>
    Account,

    /// <summary>An e-mail address. Its id is the address as <see cref="Domain.EmailAddress.Key"/> writes it, its body is the account's id, or empty.</summary>
    Email,

    /// <summary>An invitation. Its id is the invitation's.</summary>
    Invitation,

    /// <summary>A key that protects cookies. Its body is the framework's XML.</summary>
    CookieKey,
}
