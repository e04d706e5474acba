using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The steps of every command of an institution: decide → ask the slots → decide again if the state has changed in between → reserve the next version and
/// commit → answer.
/// </summary>
/// <remarks>
/// The last decision, the reservation and the hand-over to the committer happen in one turn, so no other command runs in between. A refusal depends only on
/// committed changes: when a refusal depends on a pending change, the command waits for the end of that change's commit and is decided again. When a commit
/// fails, the command is attempted again; a command is never refused because another change failed. Only a committed change is acknowledged.
/// </remarks>
internal sealed class CommandRun(
    InstitutionMemory memory, IdempotencyKeys keys, SeatLedger ledger, CatalogueCopy catalogue, IClock clock, BlockAdmission slots, FreedSeats freed,
    CommandCommit commit, ILogger log)
{
    // Each retry means that another change was committed in between. So many retries in a row mean a fault; the caller may call again.
    private const int MostAttempts = 32;

    public async Task<CommandResult<Snapshot>> Run(Command command, CancellationToken cancellation)
    {
        try
        {
            return command.Caller.Stamp is { } stamp
                ? await keys.RunOnce(stamp, () => Attempts(command, cancellation), cancellation)
                : await Attempts(command, cancellation);
        }
        catch (LedgerBusyException)
        {
            return new CommandResult<Snapshot>.Busy();
        }
        catch (Exception away) when (away is LedgerUnreachableException || (away is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // Readings and waits before the commit throw these alone, so this call has changed nothing. An earlier call with the same key may have.
            log.LogWarning(away, "A command of {Institution} ended before its commit.", memory.Id);
            return command.IsFirst ? new CommandResult<Snapshot>.Unavailable() : new CommandResult<Snapshot>.OutcomeUnknown();
        }
    }

    private async Task<CommandResult<Snapshot>> Attempts(Command command, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await Try(command, cancellation) is Attempt.Answered(var result))
                return result;
        }

        return new CommandResult<Snapshot>.Busy();
    }

    private async ValueTask<Attempt> Try(Command command, CancellationToken cancellation)
    {
        if (command.NeedsFreshCatalogue)
            await catalogue.Refresh().WaitAsync(cancellation);
        command.NeedsFreshCatalogue = false;
        await memory.Ready(cancellation);
        if (command.Caller.Stamp is { } stamp && await keys.Committed(stamp, cancellation) is { } committed)
            return new Attempt.Answered(committed);
        command.IsFirst = true;
        if (!await command.Prepare(memory, memory.StateAt(clock.GetCurrentInstant()), cancellation))
            return Attempt.Answered.NotFound;
        var current = catalogue.Current;
        if (Basis() is not { } basis)
            return await catalogue.IsBehind(current, cancellation) ? Attempt.Retry.Now : Attempt.Answered.NotFound;
        switch (command.Decide(basis))
        {
            case Step.Answered(var result):
                return new Attempt.Answered(result);
            case Step.Reload:
                await Reload(cancellation);
                return Attempt.Retry.Now;
            case Step.Refused(var why):
                return await Refuse(why, CommittedAccepts(command, basis), basis, cancellation);
            case Step.Proposed(var proposal):
                return await Propose(command, proposal, basis, cancellation);
            default:
                throw new UnreachableException();
        }
    }

    private async ValueTask<Attempt> Propose(Command command, Proposal proposal, DecisionBasis basis, CancellationToken cancellation)
    {
        var answer = await slots.Ask(proposal, command.NeedsFreshSlots, cancellation);
        if (answer is BlockAnswer.Refused(var full))
            return Attempt.Answered.Refused(command.WantsAlternatives ? Alternatives.AddTo(full, ledger.Picture, basis, proposal) : full);
        var admitted = (BlockAnswer.Admitted)answer;
        if (admitted.Share(proposal) is { } share)
            return await Refuse(share, memory.HasPending, basis, cancellation);
        var round = await freed.Begin(proposal.Freed);
        // The state may have changed while the slots answered: the command is decided again on the present state.
        try
        {
            cancellation.ThrowIfCancellationRequested();
            // The slots' answers took a while: the decision must hold on the state as it is now.
            if (DecideAgain(command, proposal, basis) is { } current && admitted.Share(current) is null
                && !(command.Caller.Stamp is { } stamp && keys.IsCommitted(stamp)))
                return await commit.Run(command, current, round, cancellation);
            round.End();
            return Attempt.Retry.Now;
        }
        catch
        {
            round.End();
            throw;
        }
    }

    private Proposal? DecideAgain(Command command, Proposal proposal, DecisionBasis basis) =>
        ReferenceEquals(memory.State, basis.State) && memory.IsValid ? proposal
        : memory.IsValid && Basis() is { } now && command.Decide(now) is Step.Proposed(var again) && again.AsksTheSame(proposal) ? again
        : null;

    /// <summary>
    /// Refuses, unless the refusal rests on a pending change or on old data; then the command is attempted again. A refusal by the fair share counts the
    /// institution's own seats, so it rests on every pending change. Another refusal does not when the committed state refuses too.
    /// </summary>
    private async ValueTask<Attempt> Refuse(Refusal why, bool restsOnPending, DecisionBasis basis, CancellationToken cancellation)
    {
        if (restsOnPending)
            await memory.LastCommit.WaitAsync(cancellation);
        else if (!await IsBehind(basis, cancellation))
            return Attempt.Answered.Refused(why);
        return Attempt.Retry.Now;
    }

    private bool CommittedAccepts(Command command, DecisionBasis basis) =>
        memory.HasPending && command.Decide(basis with { State = memory.Committed.At(basis.Now) }) is not Step.Refused;

    /// <summary>Whether another process has changed anything since. The catalogue comes first: its reading also brings the institution's changes.</summary>
    private async ValueTask<bool> IsBehind(DecisionBasis basis, CancellationToken cancellation) =>
        await catalogue.IsBehind(basis.Catalogue, cancellation) || await memory.IsBehind(cancellation);

    private async ValueTask Reload(CancellationToken cancellation)
    {
        if (memory.HasPending)
            await memory.LastCommit.WaitAsync(cancellation);
        else
            memory.Invalidate();
    }

    private DecisionBasis? Basis()
    {
        var now = clock.GetCurrentInstant();
        var current = catalogue.Current;
        return current.Institutions.TryGetValue(memory.Id, out var institution) ? new(institution.Value, memory.StateAt(now), current, now) : null;
    }
}
