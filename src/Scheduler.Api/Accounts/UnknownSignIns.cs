using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Records a wrong answer to an e-mail address without an account. An account counts a wrong answer by a commit; without a commit here, the time of an answer
/// would tell which addresses have accounts. The record names no address.
/// </summary>
internal sealed class UnknownSignIns(SeatLedger ledger, IClock clock)
{
    private const string Row = "all";
    private const int MostAttempts = 8;
    private int _version = -1;

    /// <summary>Records one. A ledger that does not answer leaves the answer as it is, as for an account.</summary>
    public async Task Record(CancellationToken cancellation)
    {
        for (var tried = 0; tried < MostAttempts; tried++)
        {
            var before = Volatile.Read(ref _version);
            if (before < 0)
                before = (await ledger.Read.PrivateRow(PrivateKind.UnknownSignIn, Row, cancellation))?.Version ?? 0;
            var change = new Change
            {
                Record = new()
                {
                    At = clock.GetCurrentInstant(), Who = AccountCommits.SignInPage, Kind = ChangeKind.AccountSignInFailed,
                    Subject = default(AccountId).ToString(),
                },
                Rows = [new RowWrite.PrivatePut(new(PrivateKind.UnknownSignIn, Row, before + 1, ""))],
            };
            var outcome = await ledger.Commit(change, cancellation);
            // Another try may have written the row meanwhile, here or in another process.
            Volatile.Write(ref _version, outcome is CommitOutcome.Committed ? before + 1 : -1);
            if (outcome is not CommitOutcome.Stale)
                return;
        }
    }
}
