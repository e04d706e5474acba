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
    InstitutionMemory memory, SeatLedger ledger, CatalogueCopy catalogue, IClock clock, IGrainFactory grains, FreedSeats freed, LapsedHolds lapsed, ILogger log)
{
    // Each attempt needs another's commit or failure to spoil it; so many in a row mean that something is wrong, and the caller may come back.
    private const int MostAttempts = 32;

    /// <summary>Runs a command whose decision needs no row.</summary>
    public Task<Answer> Run(Caller caller, Func<DecisionBasis, Step> decide, Action<Refusal>? onRefused = null)
    {
        var call = new Call(caller.Stamp, decide, onRefused);
        return Once(caller.Stamp, async () =>
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                if (await Attempt(call) is { } answer)
                    return answer;
            }

            return Problems.Busy();
        });
    }

    /// <summary>
    /// Runs a command about a thing that the state may not remember any more; then it is read, and 404 when it is not there. Every decision takes the thing from the very state
    /// that it decides on: what was read is good only as long as nothing has changed since.
    /// </summary>
    public Task<Answer> Run<T>(Caller caller, Func<InstitutionState, T?> known, Func<Task<T?>> read, Func<DecisionBasis, T, Step> decide)
        where T : class => Once(caller.Stamp, async () =>
        {
            for (var attempt = 0; attempt < MostAttempts; attempt++)
            {
                await memory.Ready();
                T? old = null;
                var version = memory.Version;
                if (known(memory.StateAt(clock.GetCurrentInstant())) is null)
                {
                    if (!memory.IsSettled)
                        await memory.LastSettled;
                    version = memory.Version;
                    if ((old = await read()) is null)
                        return Problems.NotFound();
                }

                Step Decide(DecisionBasis basis)
                {
                    if ((known(basis.State) ?? old) is not { } thing)
                        return new Step.Doubted();
                    var step = decide(basis, thing);
                    return step is Step.Proposed && ReferenceEquals(thing, old) && memory.Version != version ? new Step.Doubted() : step;
                }

                if (await Attempt(new(caller.Stamp, Decide, null)) is { } answer)
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

    /// <summary>One attempt; null when what it rested on has changed, and another is due.</summary>
    private async ValueTask<Answer?> Attempt(Call call)
    {
        await memory.Ready();
        if (call.Stamp is { } stamp && memory.Stored(stamp) is { } stored)
            return stored;
        var known = catalogue.Current;
        if (Basis() is not { } basis)
            return await catalogue.IsBehind(known) ? null : Problems.NotFound();
        switch (call.Decide(basis))
        {
            case Step.Answered answered:
                return answered.Answer;
            case Step.Doubted:
                return await Doubted();
            case Step.Refused refused:
                return await Refuse(call, refused.Why, basis);
            case Step.Proposed proposed:
                return await Carry(call, proposed.Proposal, basis);
            default:
                throw new UnreachableException();
        }
    }

    private async ValueTask<Answer?> Carry(Call call, Proposal proposal, DecisionBasis basis)
    {
        if (!proposal.FromWaitlist && lapsed.Offering(proposal.Touches) is { } offering)
            await offering;
        var days = freed.Waiting(proposal);
        var admission = new BlockAdmission(grains, proposal);
        var (isTaken, why) = await admission.Take(keeps: !days.IsEmpty);
        if (!isTaken)
            return why is null ? null : await RefuseBySlots(call, why, proposal, basis);
        if (admission.HasLapsed && !call.HasTidied && freed.SomebodyWaits(proposal))
        {
            // Those who wait come before whoever happened to walk in first after the lapse.
            call.HasTidied = true;
            admission.Release();
            await lapsed.Tidy(proposal.Touches);
            return null;
        }

        // Asking the slots took a while: what was decided must still hold on the state as it is now.
        if (Again(call, proposal, basis) is not { } current || admission.Share(current) is not null || (call.Stamp is { } stamp && memory.Stored(stamp) is not null))
        {
            admission.Release();
            return null;
        }

        return await Commit(current, admission, days);
    }

    private Proposal? Again(Call call, Proposal proposal, DecisionBasis basis)
    {
        if (ReferenceEquals(memory.State, basis.State) && memory.IsTrusted)
            return proposal;
        if (!memory.IsTrusted || Basis() is not { } now || call.Decide(now) is not Step.Proposed { Proposal: var again } || again.Touches.Length != proposal.Touches.Length)
            return null;
        for (var i = 0; i < again.Touches.Length; i++)
        {
            var (was, isNow) = (proposal.Touches[i], again.Touches[i]);
            if (was.Slot != isNow.Slot || was.Ask != isNow.Ask || was.Freed != isNow.Freed)
                return null;
        }

        return again;
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
        var version = memory.Reserve(proposal.After, settled.Task);
        CommitOutcome? outcome = null;
        try
        {
            outcome = await commit;
        }
        finally
        {
            memory.Return(version, outcome is CommitOutcome.Committed ? proposal.After : null);
            settled.SetResult();
            // What became of it is not known when the commit threw: the slots read the ledger.
            if (outcome is null)
                admission.Abandon();
        }

        if (outcome is CommitOutcome.Committed committed)
        {
            if (proposal.Change.Rows is [RowWrite.RequestMade made])
                memory.Place(made.Request.Id, committed.RequestSequence);
            admission.Settle();
            await freed.Offer(memory.Id, memory.State, proposal, admission, days);
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

    private async ValueTask<Answer?> RefuseBySlots(Call call, Refusal why, Proposal proposal, DecisionBasis basis)
    {
        // The share is counted with own seats that may be on their way, or that another silo has given back.
        if (why is Refusal.FairShareExceeded && !memory.IsSettled)
        {
            await memory.LastSettled;
            return null;
        }

        if (why is Refusal.FairShareExceeded && (await catalogue.IsBehind(basis.Catalogue) || await memory.MayBeOld()))
            return null;
        if (why is Refusal.SlotFull full && proposal.Elsewhere is { } elsewhere && call.OnRefused is null)
            why = full with { Alternatives = Alternatives.Find(ledger.Picture, basis, proposal.Draft!, proposal.Own, elsewhere) };
        call.OnRefused?.Invoke(why);
        return Problems.From(why);
    }

    private async ValueTask<Answer?> Refuse(Call call, Refusal why, DecisionBasis basis)
    {
        // What is on disk alone says no too: whatever becomes of the rest, the answer is the same.
        if (!memory.IsSettled && call.Decide(basis with { State = memory.Committed.At(basis.Now) }) is not Step.Refused)
        {
            await memory.LastSettled;
            return null;
        }

        // In this order: hearing of the catalogue also brings what was committed about the institution.
        if (await catalogue.IsBehind(basis.Catalogue) || await memory.MayBeOld())
            return null;
        call.OnRefused?.Invoke(why);
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

    private sealed record Call(IdempotencyStamp? Stamp, Func<DecisionBasis, Step> Decide, Action<Refusal>? OnRefused)
    {
        /// <summary>Whether lapsed holds were tidied up for it already.</summary>
        public bool HasTidied { get; set; }
    }
}
