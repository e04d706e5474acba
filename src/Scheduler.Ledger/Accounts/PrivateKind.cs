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

    /// <summary>
    /// One row, written anew for each wrong answer to an address without an account. So such an answer takes as long as one that an account counts.
    /// </summary>
    UnknownSignIn,

    /// <summary>The seed of a season's opening (R16). Its id is the hash of the seed, its body is the seed.</summary>
    OpeningSeed,

    /// <summary>An import. Its id is the import's, its body has the rows of the files.</summary>
    Import,
}
