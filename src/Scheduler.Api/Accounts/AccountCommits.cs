using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Writes accounts, each change with its record (R15). The record has no hash and no key.</summary>
internal sealed class AccountCommits(SeatLedger ledger, AccountCopy copy, IClock clock)
{
    /// <summary>The author of a change that comes from a sign-in which failed.</summary>
    public const string SignInPage = "sign-in";

    private const int MostAttempts = 8;

    /// <summary>Writes the next version of an account.</summary>
    /// <param name="kind">What the change is.</param>
    /// <param name="who">The id of the author.</param>
    /// <param name="before">The account as it was read; null for a new one.</param>
    /// <param name="after">The account after the change. Its version is set here.</param>
    /// <param name="cancellation">Stops the wait for the committer.</param>
    public async Task<CommitOutcome> Put(ChangeKind kind, string who, Account? before, Account after, CancellationToken cancellation)
    {
        after = after with { Version = (before?.Version ?? 0) + 1 };
        var change = new Change { Record = Record(kind, who, before, after), Rows = [Row(after)] };
        var outcome = await ledger.Commit(change, cancellation);
        if (outcome is CommitOutcome.Committed)
            copy.Put(after);
        return outcome;
    }

    /// <summary>
    /// Changes an account, again and again when others change it at the same time. Returns the account after the change; null when there is none, or when the
    /// ledger did not take the change. Nothing is written when the change returns the account itself.
    /// </summary>
    public Task<Account?> Change(AccountId id, ChangeKind kind, Func<Account, Account> change, CancellationToken cancellation) =>
        Change(id, kind, id.ToString(), change, cancellation);

    /// <summary>Changes an account in the same way, with another author than the person.</summary>
    public async Task<Account?> Change(AccountId id, ChangeKind kind, string who, Func<Account, Account> change, CancellationToken cancellation)
    {
        for (var tried = 0; tried < MostAttempts; tried++)
        {
            if (await copy.Newest(id, cancellation) is not { RemovedAt: null } before)
                return null;
            var after = change(before);
            if (ReferenceEquals(after, before))
                return before;
            if (await Put(kind, who, before, after, cancellation) is CommitOutcome.Committed)
                return copy.Accounts[id];
        }

        return null;
    }

    /// <summary>The record of a change of an account.</summary>
    public ChangeRecord Record(ChangeKind kind, string who, Account? before, Account after) => new()
    {
        At = clock.GetCurrentInstant(),
        Who = who,
        Kind = kind,
        Subject = after.Id.ToString(),
        Institution = after.Institution,
        Before = before is null ? null : AccountSnapshot.Of(before),
        After = AccountSnapshot.Of(after),
    };

    /// <summary>The row of an account.</summary>
    public static RowWrite.PrivatePut Row(Account account) =>
        new(new(PrivateKind.Account, account.Id.ToString(), account.Version, AccountForms.Write(account)));
}
