using Microsoft.AspNetCore.Identity;
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

    /// <summary>The reader has just used a passkey or a second factor, so the session counts like one that began so.</summary>
    public async Task Strengthen(HttpContext http)
    {
        var session = SignedInIdentity.Of(http.User)?.Session;
        await Change(http, account => account with
        {
            Sessions = [.. account.Sessions.Select(one => one.Id == session ? one with { IsStrong = true } : one)],
        });
    }
}
