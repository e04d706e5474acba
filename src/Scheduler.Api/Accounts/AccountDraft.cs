using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>An account while the framework works on it.</summary>
internal sealed class AccountDraft(Account read)
{
    /// <summary>The account as it was read.</summary>
    public Account Read { get; set; } = read;

    /// <summary>The account with the changes that are not written yet.</summary>
    public Account Row { get; set; } = read;
}
