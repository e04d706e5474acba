using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Applies a plan that is ready: reads what its entries rest on, and hands them to the committer in parts. The commit decides each entry, and writes
/// how far the plan got. So the application can end at any moment, and the next call goes on: each entry is decided once, in one transaction. Seats that a
/// move frees are offered to the waitlist as those of any other change (R9).
/// </summary>
internal sealed class PlanApplier(
    SeatLedger ledger, IClock clock, IGrainFactory grains, WaitlistRounds rounds, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time,
    ILogger<PlanApplier> log)
{
    // Each retry means that the plan or the catalogue was changed in between.
    private const int MostAttempts = 8;

    private readonly FreedSeats _freed = new(grains, rounds, time, log);

    /// <summary>
    /// Applies the entries that were not decided yet. Answers with the plan afterwards. A plan that is not ready is answered as it is, and nothing is changed:
    /// so a plan that was applied gives the same answer again. The change that decides the last entries has the caller's idempotency stamp.
    /// </summary>
    public async Task<CommandResult<Snapshot>> Apply(PlanId id, Caller caller, CancellationToken cancellation)
    {
        var wrote = new StrongBox<bool>();
        try
        {
            return Answer(await Attempts(id, caller, wrote, cancellation), wrote.Value);
        }
        catch (LedgerBusyException)
        {
            return Answer(new CommandResult<Snapshot>.Busy(), wrote.Value);
        }
        catch (Exception away) when (away is LedgerUnreachableException || (away is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            log.LogWarning(away, "The application of plan {Plan} ended before its last part; the next call goes on.", id);
            return Answer(new CommandResult<Snapshot>.Unavailable(), wrote.Value);
        }
    }

    /// <summary>Busy and unavailable say that nothing was changed. After a part was written, the call says that the outcome is not known.</summary>
    private static CommandResult<Snapshot> Answer(CommandResult<Snapshot> result, bool wrote) =>
        wrote && result is (CommandResult<Snapshot>.Busy or CommandResult<Snapshot>.Unavailable) ? new CommandResult<Snapshot>.OutcomeUnknown() : result;

    private async Task<CommandResult<Snapshot>> Attempts(PlanId id, Caller caller, StrongBox<bool> wrote, CancellationToken cancellation)
    {
        for (var attempt = 0; attempt < MostAttempts;)
        {
            if (await ledger.Read.Plan(id, cancellation) is not { } plan)
                return new CommandResult<Snapshot>.NotFound();
            if (plan.Status != PlanStatus.Ready)
                return new CommandResult<Snapshot>.Done(new PlanSnapshot(plan));
            var file = await ledger.Read.PlanFile(id, PlanFileKind.Entries, cancellation);
            var run = new ApplicationRun(plan, file is { } bytes ? PlanEntriesText.Read(bytes) : [], caller);
            if (await Parts(run, wrote, cancellation) is { } answer)
                return answer;
            attempt = run.Plan.PartsApplied > plan.PartsApplied ? 0 : attempt + 1;
        }

        return new CommandResult<Snapshot>.Busy();
    }

    /// <summary>
    /// Applies part after part; null when the plan or the catalogue changed in between, so that both must be read again. Freed seats are offered to the
    /// waitlist after the last part that touches their slot, because later parts may need the seats that earlier parts free. Until then walk-ins wait in a
    /// freed slot that has a waitlist entry.
    /// </summary>
    private async Task<CommandResult<Snapshot>?> Parts(ApplicationRun run, StrongBox<bool> wrote, CancellationToken cancellation)
    {
        var left = run.Left;
        var input = await ledger.Read.PlanInput([.. left.Select(number => run.Entries[number])], clock.GetCurrentInstant(), cancellation);
        // The decision of a large plan takes long, and must not hold up the grains of this silo.
        var read = input;
        var parts = await BesideGrains.Run(() => ApplicationParts.Of(run.Entries, left, read), cancellation);
        var round = new ApplicationRounds(
            grains, rounds, _freed, new([.. parts.Select(part => run.Leaves(part, read))], [.. parts.Select(part => run.Takes(part, read))]));
        try
        {
            for (var i = 0; i < parts.Length; i++)
            {
                await round.Begin(i);
                var change = run.Change(parts[i], parts.Length - 1 - i, input, clock.GetCurrentInstant());
                var outcome = await ledger.Commit(change, cancellation);
                if (outcome is not CommitOutcome.Committed { Applied: { } applied })
                {
                    // The part may be written. An offer of slots that the part did not free does no harm.
                    if (outcome is CommitOutcome.Unknown)
                        round.Note(run.Leaves(parts[i], input));
                    return await Ended(change, outcome, cancellation);
                }

                wrote.Value = true;
                run.Plan = applied.Plan;
                input = input with
                {
                    Institutions = input.Institutions.SetItems(applied.Institutions),
                    Requests = input.Requests.SetItems(applied.Requests),
                };
                round.Note(applied.Freed);
                await round.Offer(i);
            }
        }
        finally
        {
            await round.OfferAll();
            await Retry(round.Freed, input);
        }

        return new CommandResult<Snapshot>.Done(new PlanSnapshot(run.Plan));
    }

    /// <summary>Offers to the institutions of the entries what the moves may have freed of their own.</summary>
    private async Task Retry(ImmutableArray<SlotHour> freed, PlanInput input)
    {
        if (rounds.AnybodyWaits && !freed.IsEmpty)
            await _freed.AtMostASecond(Retry());

        async Task Retry()
        {
            foreach (var institution in input.Institutions.Where(pair => !pair.Value.State.Requests.IsEmpty).Select(pair => pair.Key).Order())
                await rounds.Retry(institution, freed);
        }
    }

    private async Task<CommandResult<Snapshot>?> Ended(Change change, CommitOutcome outcome, CancellationToken cancellation)
    {
        switch (outcome)
        {
            case CommitOutcome.Busy:
                return new CommandResult<Snapshot>.Busy();
            case CommitOutcome.Unavailable(var why):
                log.LogWarning("The ledger could not write a part of plan {Plan}: {Why}", change.Record.Subject, why);
                return new CommandResult<Snapshot>.Unavailable();
            case CommitOutcome.Unknown(var why):
                log.LogWarning("The connection to the ledger was lost while a part of plan {Plan} was written: {Why}", change.Record.Subject, why);
                return await ledger.Resolve(change, cancellation) ? null : new CommandResult<Snapshot>.OutcomeUnknown();
            default:
                return null;
        }
    }
}
