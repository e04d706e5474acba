using Microsoft.AspNetCore.Identity;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The account of the reader of a page.</summary>
internal sealed class AccountReader(UserManager<AccountDraft> users, AccountCommits commits)
{
    /// <summary>The account that is signed in; null for a reader with an API key.</summary>
    public async Task<AccountDraft?> Find(HttpContext http) =>
        SignedInIdentity.Of(http.User) is { Account: { } id } ? await users.FindByIdAsync(id.ToString()) : null;

    /// <summary>Changes the account of the reader. Returns false for a reader with an API key, or when the ledger took no change.</summary>
    public async Task<bool> Change(HttpContext http, Func<Account, Account> change) =>
        SignedInIdentity.Of(http.User) is { Account: { } id }
        && await commits.Change(id, ChangeKind.AccountChanged, change, http.RequestAborted) is not null;

    /// <summary>Whether the reader may set up a second factor or a passkey for the account as it is now.</summary>
    public static bool MayEnrol(HttpContext http, Account account) =>
        SignedInIdentity.Of(http.User) is { } reader && AccountSessions.MayEnrol(account, reader);

    /// <summary>
    /// Adds a passkey to the account of the reader, and makes the session strong, in one commit. Returns false when the reader may not, when the account has as
    /// many passkeys as it may have, or when the ledger took no change.
    /// </summary>
    public async Task<bool> Enrol(HttpContext http, Passkey passkey)
    {
        var isAdded = false;
        var isDone = await Change(http, account =>
        {
            isAdded = MayEnrol(http, account) && account.Passkeys.Length < AccountLimits.PasskeysOfAccount;
            return isAdded
                ? AccountSessions.Enrolled(account, SignedInIdentity.Of(http.User)?.Session) with { Passkeys = account.Passkeys.Add(passkey) }
                : account;
        });
        return isDone && isAdded;
    }
}
