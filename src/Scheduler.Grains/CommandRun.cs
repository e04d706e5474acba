using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The way of every command of an institution: decide → take the slots → decide again on the state as it is by now → reserve the next version and commit → settle.
/// </summary>
/// <remarks>
/// The second decision and the reservation are one turn, so nothing can come between them; slots are taken before, because asking them awaits. A "no" that rests on
/// something still on its way is not given: it waits until that has settled, and decides anew. A commit that fails is decided again too, never refused for another's failure.
/// Only after the commit is anything acknowledged. What was refused leaves no trace but pending seats given back.
/// </remarks>
internal sealed class CommandRun(
    InstitutionMemory memory, SeatLedger ledger, CatalogueCopy catalogue, IClock clock, IGrainFactory grains, WaitlistRounds waitlist, TimeProvider time, ILogger log)
{
    // Each attempt needs another's commit or failure to spoil it; so many in a row mean that something is wrong, and the caller may come back.
    private const int MostAttempts = 32;
    private static readonly TimeSpan _roundPatience = TimeSpan.FromSeconds(1);

    /// <summary>Runs a command whose decision needs no row.</summary>
    public Task<Answer> Run(Caller caller, Func<DecisionBasis, Step> decide, Action<Refusal>? onRefused = null) =>
        Once(caller.Stamp, () => Attempts(caller.Stamp, decide, onRefused));

    /// <summary>Runs a command about a thing that may have to be read first; 404 when it is not there.</summary>
    public Task<Answer> Run<T>(Caller caller, Func<ValueTask<T?>> find, Func<DecisionBasis, T, Step> decide)
        where T : class => Once(caller.Stamp, async () =>
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                await memory.Ready();
                if (await find() is not { } thing)
                    return Problems.NotFound();
                // The thing is looked up anew with every attempt: what failed may have failed because the thing changed.
                if (await Attempt(caller.Stamp, basis => decide(basis, thing), null) is { } answer)
                    return answer;
            }

            return Problems.Busy();
        });

    private async Task<Answer> Once(IdempotencyStamp? stamp, Func<Task<Answer>> run)
    {
        if (stamp is null)
            return await run();
        var first = new TaskCompletionSource<Answer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        do
        {
            if (await memory.Recall(stamp) is { } known)
                return known;
        }
        while (!memory.TryRemember(stamp, first.Task)); // a twin may have come first while we looked

        Answer? kept = null;
        try
        {
            var answer = await run();
            kept = answer.IsProblem ? null : answer;
            return answer;
        }
        finally
        {
            if (kept is null)
                memory.Forget(stamp);
            first.SetResult(kept);
        }
    }

    private async Task<Answer> Attempts(IdempotencyStamp? stamp, Func<DecisionBasis, Step> decide, Action<Refusal>? onRefused)
    {
        for (var attempt = 0; attempt < MostAttempts; attempt++)
        {
            if (await Attempt(stamp, decide, onRefused) is { } answer)
                return answer;
        }

        return Problems.Busy();
    }

    /// <summary>One attempt; null when what it rested on has changed, and another is due.</summary>
    private async ValueTask<Answer?> Attempt(IdempotencyStamp? stamp, Func<DecisionBasis, Step> decide, Action<Refusal>? onRefused)
    {
        await memory.Ready();
        if (stamp is not null && memory.Stored(stamp) is { } stored)
            return stored;
        if (Basis() is not { } basis)
            return Problems.NotFound();
        switch (decide(basis))
        {
            case Step.Answered answered:
                return answered.Answer;
            case Step.Doubted:
                return await Doubted();
            case Step.Refused refused:
                return await Refuse(refused.Why, basis, decide, onRefused);
            case Step.Proposed proposed:
                return await Carry(stamp, proposed.Proposal, basis, decide, onRefused);
            default:
                throw new UnreachableException();
        }
    }

    private async ValueTask<Answer?> Carry(
        IdempotencyStamp? stamp, Proposal proposal, DecisionBasis basis, Func<DecisionBasis, Step> decide, Action<Refusal>? onRefused)
    {
        var days = waitlist.Waiting(proposal.Touches.Where(touch => touch.Freed > 0).Select(touch => touch.Slot));
        var admission = new BlockAdmission(grains, proposal);
        var (isTaken, why) = await admission.Take(keeps: !days.IsEmpty);
        if (!isTaken)
            return why is null ? null : RefuseBySlots(why, proposal, basis, onRefused);

        // Asking the slots took a while: what was decided must still hold on the state as it is now.
        if (Again(proposal, basis, decide) is not { } current || (stamp is not null && memory.Stored(stamp) is not null))
        {
            admission.Release();
            return null;
        }

        return await Commit(current, admission, days);
    }

    private Proposal? Again(Proposal proposal, DecisionBasis basis, Func<DecisionBasis, Step> decide)
    {
        if (ReferenceEquals(memory.State, basis.State) && memory.IsTrusted)
            return proposal;
        if (!memory.IsTrusted || Basis() is not { } now || decide(now) is not Step.Proposed { Proposal: var again })
            return null;
        return again.Touches.Select(touch => (touch.Slot, touch.Ask, touch.Freed)).SequenceEqual(proposal.Touches.Select(touch => (touch.Slot, touch.Ask, touch.Freed)))
            ? again
            : null;
    }

    private async ValueTask<Answer?> Commit(Proposal proposal, BlockAdmission admission, ImmutableArray<(PoolId Pool, int Day)> days)
    {
        admission.Proposal = proposal;
        var commit = ledger.Commit(proposal.Change with { Guard = new(memory.Id, memory.Version), Slots = Records.Deltas(proposal.Touches) });
        if (commit is { IsCompletedSuccessfully: true, Result: CommitOutcome.Busy })
        {
            admission.Release();
            return Problems.Busy();
        }

        var settled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        memory.Reserve(proposal.After, settled.Task);
        CommitOutcome? outcome = null;
        try
        {
            outcome = await commit;
        }
        finally
        {
            memory.Return(outcome is CommitOutcome.Committed ? proposal.After : null);
            settled.SetResult();
        }

        if (outcome is CommitOutcome.Committed)
        {
            admission.Settle();
            await Rounds(admission, days);
            return proposal.Answer;
        }

        admission.Release();
        return Failed(outcome, admission);
    }

    private Answer? Failed(CommitOutcome outcome, BlockAdmission admission)
    {
        switch (outcome)
        {
            case CommitOutcome.SlotShort slots:
                admission.Doubt(slots.Slots);
                return null;
            case CommitOutcome.Stale or CommitOutcome.PackShort or CommitOutcome.HoldGone:
                return null;
            case CommitOutcome.Busy:
                return Problems.Busy();
            case CommitOutcome.Unavailable unavailable:
                log.LogWarning("The ledger could not take a change: {Why}", unavailable.Why);
                return Problems.Unavailable();
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Freed seats go to those who wait first; whoever freed them answers when the round is over, or after a second.</summary>
    private async ValueTask Rounds(BlockAdmission admission, ImmutableArray<(PoolId Pool, int Day)> days)
    {
        if (days.IsEmpty)
            return;
        var rounds = RunRounds();
        try
        {
            await rounds.WaitAsync(_roundPatience, time);
        }
        catch (TimeoutException)
        {
            log.LogInformation("A waitlist round of {Institution} takes longer than a second; its caller was answered before its end.", memory.Id);
        }

        async Task RunRounds()
        {
            try
            {
                await waitlist.Run(days);
            }
            catch (Exception fault)
            {
                // The seats are free on disk, and the caller's change is done: what failed is only the offering, which the clockwork repeats.
                log.LogError(fault, "A waitlist round of {Institution} failed.", memory.Id);
            }
            finally
            {
                admission.ReleaseKept();
            }
        }
    }

    private Answer RefuseBySlots(Refusal why, Proposal proposal, DecisionBasis basis, Action<Refusal>? onRefused)
    {
        if (why is Refusal.SlotFull full && proposal.Elsewhere is { } elsewhere && onRefused is null)
            why = full with { Alternatives = Alternatives.Find(ledger.Picture, basis, proposal.Draft!, proposal.Own, elsewhere) };
        onRefused?.Invoke(why);
        return Problems.From(why);
    }

    private async ValueTask<Answer?> Refuse(Refusal why, DecisionBasis basis, Func<DecisionBasis, Step> decide, Action<Refusal>? onRefused)
    {
        // What is on disk alone says no too: whatever becomes of the rest, the answer is the same.
        if (!memory.IsSettled && decide(basis with { State = memory.Committed.At(basis.Now) }) is not Step.Refused)
        {
            await memory.LastSettled;
            return null;
        }

        if (await memory.MayBeOld())
            return null;
        onRefused?.Invoke(why);
        return Problems.From(why);
    }

    private async ValueTask<Answer?> Doubted()
    {
        if (memory.IsSettled)
            memory.Doubt();
        else
            await memory.LastSettled;
        return null;
    }

    private DecisionBasis? Basis()
    {
        var now = clock.GetCurrentInstant();
        var things = catalogue.Current;
        return things.Institutions.TryGetValue(memory.Id, out var institution) ? new(institution.Value, memory.StateAt(now), things, now) : null;
    }
}
