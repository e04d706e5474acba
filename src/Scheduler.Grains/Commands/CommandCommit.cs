using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The last steps of a command: reserve the next version, commit, and after the commit offer the freed seats to the waitlist.</summary>
internal sealed class CommandCommit(InstitutionMemory memory, IdempotencyKeys keys, SeatLedger ledger, FreedSeats freed, ILogger log)
{
    /// <summary>
    /// Commits a proposal that the slots have admitted. The caller's decision, the reservation of the version and the hand-over to the committer happen in one
    /// turn of the grain.
    /// </summary>
    public async ValueTask<Attempt> Run(Command command, Proposal proposal, WaitlistRound round, CancellationToken cancellation)
    {
        var (change, after) = proposal.Complete();
        var commit = ledger.Commit(change with { Guard = new(memory.Id, memory.Version), Slots = SlotTouch.Deltas(proposal.Touches) }, cancellation);
        if (commit is { IsCompletedSuccessfully: true, Result: CommitOutcome.Busy })
        {
            round.End();
            return Attempt.Answered.Busy;
        }

        var back = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var version = memory.Reserve(after, back.Task);
        CommitOutcome? outcome = null;
        try
        {
            outcome = await commit;
        }
        finally
        {
            memory.Return(version, after, outcome);
            back.SetResult();
            if (outcome is not CommitOutcome.Committed)
                round.End();
        }

        switch (outcome)
        {
            case CommitOutcome.Committed committed:
                return await Acknowledge(command, proposal, change, committed, round);
            case CommitOutcome.SlotShort:
                command.NeedsFreshSlots = true;
                return Attempt.Retry.Now;
            case CommitOutcome.Retired:
                command.NeedsFreshCatalogue = true;
                return Attempt.Retry.Now;
            case CommitOutcome.Stale or CommitOutcome.PackShort or CommitOutcome.HoldGone:
                return Attempt.Retry.Now;
            case CommitOutcome.Busy:
                return Attempt.Answered.Busy;
            case CommitOutcome.Unavailable(var why):
                log.LogWarning("The ledger could not write a change: {Why}", why);
                return Attempt.Answered.Unavailable;
            case CommitOutcome.Unknown(var why):
                log.LogWarning("The connection to the ledger was lost during a commit: {Why}", why);
                return Attempt.Answered.OutcomeUnknown;
            default:
                throw new UnreachableException();
        }
    }

    private async ValueTask<Attempt> Acknowledge(Command command, Proposal proposal, Change change, CommitOutcome.Committed committed, WaitlistRound round)
    {
        if (command.Caller.Stamp is { } stamp)
            keys.Keep(stamp, committed.Change);
        if (change.Rows is [RowWrite.RequestMade(var request)])
            memory.Sequence(request.Id, committed.RequestSequence);
        // A change that frees seats also frees proctors or lab seats of the institution.
        var gives = !memory.State.Requests.IsEmpty && (proposal.GivesVouchers || proposal.Freed.Any());
        await freed.Offer(round, proposal.Freed, gives ? memory.Id : null);
        return Attempt.Answered.Done(change.Record.After!);
    }
}
