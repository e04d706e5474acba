using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Commits changes of people and invitations. No grain is needed: each commit checks the versions of the rows that it was decided on, and a repeat with the
/// same idempotency key finds the first answer in the ledger (R13).
/// </summary>
internal sealed class PeopleCommits(SeatLedger ledger, AccountCopy copy, IGrainFactory grains)
{
    private const int MostAttempts = 8;

    /// <summary>Decides and commits, again and again when others change the same rows at the same time.</summary>
    public async Task<CommandResult<T>> Run<T>(Caller caller, Func<Task<PeopleAttempt>> decide, CancellationToken cancellation)
        where T : Snapshot
    {
        for (var tried = 0; tried < MostAttempts; tried++)
        {
            if (caller.Stamp is { } stamp && await grains.Catalogue().Recall(stamp, cancellation) is { } known)
                return Recalled<T>(known);
            switch (await decide())
            {
                case PeopleAttempt.NotFound:
                    return new CommandResult<T>.NotFound();
                case PeopleAttempt.Stale:
                    return new CommandResult<T>.Stale();
                case PeopleAttempt.Refused(var why):
                    return new CommandResult<T>.Refused(why);
                case PeopleAttempt.Unchanged(var value):
                    return new CommandResult<T>.Done((T)value);
                case PeopleAttempt.Write write:
                    var outcome = await ledger.Commit(new() { Record = write.Record, Rows = [.. write.Rows] }, cancellation);
                    if (outcome is CommitOutcome.Committed)
                    {
                        write.Keep();
                        return new CommandResult<T>.Done((T)write.Record.After!);
                    }

                    if (outcome is not CommitOutcome.Stale)
                        return Failed<T>(outcome);
                    await copy.Refresh(cancellation);
                    break;
            }
        }

        return new CommandResult<T>.Busy();
    }

    private static CommandResult<T> Recalled<T>(CommandResult<Snapshot> known)
        where T : Snapshot => known switch
        {
            CommandResult<Snapshot>.Done(T value, _) => new CommandResult<T>.Done(value, IsReplay: true),
            CommandResult<Snapshot>.KeyReused => new CommandResult<T>.KeyReused(),
            _ => new CommandResult<T>.OutcomeUnknown(),
        };

    private static CommandResult<T> Failed<T>(CommitOutcome outcome)
        where T : Snapshot => outcome switch
        {
            CommitOutcome.Busy => new CommandResult<T>.Busy(),
            CommitOutcome.Unknown => new CommandResult<T>.OutcomeUnknown(),
            _ => new CommandResult<T>.Unavailable(),
        };
}
