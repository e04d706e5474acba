using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The steps of every operator command: decide on the catalogue → commit → change the copy → answer. The commit checks the version of each entry. So a second
/// activation of the catalogue with an old copy gets a refusal, reads the catalogue again and decides again.
/// </summary>
internal sealed class CatalogueRun(SeatLedger ledger, CatalogueCopy catalogue, IClock clock, ILogger log)
{
    private const int MostAttempts = 8;

    private readonly IdempotencyKeys _keys = new(ledger, null, clock);

    // A change whose commit has an unknown outcome. No other command is decided before the ledger shows whether the change was written.
    private Change? _unknown;

    /// <summary>Reads the idempotency keys of the last seven days; after the first reading only the newer keys.</summary>
    public async Task ReadKeys(CancellationToken cancellation)
    {
        var read = await ledger.Read.CatalogueKeys(clock.GetCurrentInstant(), _keys.LastEntry, cancellation);
        _keys.Add(read.Keys, read.LastEntry, read.HasOlderKeys);
    }

    public async Task<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation)
    {
        await Resolve(cancellation);
        await ReadKeys(cancellation);
        return await _keys.Recall(stamp, cancellation);
    }

    /// <summary>Runs a command: <paramref name="attempt"/> decides on the catalogue that it gets, and commits by <see cref="Commit"/>.</summary>
    public async Task<CommandResult<T>> Run<T>(Caller caller, Func<Catalogue, Task<Attempt>> attempt, CancellationToken cancellation)
        where T : Snapshot
    {
        var isFirst = caller.Stamp is null;
        try
        {
            // The operators have one set of keys. The grain of the catalogue and the grain of the plans both commit changes with keys.
            // A call whose deadline has passed reads them too: then the call knows whether an earlier call with the same key has changed something.
            if (caller.Stamp is not null)
                await ReadKeys(CancellationToken.None);
            var result = caller.Stamp is { } stamp ? await _keys.RunOnce(stamp, Attempts, cancellation) : await Attempts();
            return result.As<T>();
        }
        catch (LedgerBusyException)
        {
            return new CommandResult<T>.Busy();
        }
        catch (Exception away) when (away is LedgerUnreachableException || (away is OperationCanceledException && cancellation.IsCancellationRequested))
        {
            // Readings and waits before the commit throw these alone, so this call has changed nothing. An earlier call with the same key may have.
            log.LogWarning(away, "A command of an operator ended before its commit.");
            return isFirst ? new CommandResult<T>.Unavailable() : new CommandResult<T>.OutcomeUnknown();
        }

        async Task<CommandResult<Snapshot>> Attempts()
        {
            for (var tried = 0; tried < MostAttempts; tried++)
            {
                await Resolve(cancellation);
                if (caller.Stamp is { } stamp && await _keys.Committed(stamp, cancellation) is { } committed)
                    return committed;
                isFirst = true;
                if (await attempt(catalogue.Current) is Attempt.Answered(var result))
                    return result;
            }

            return new CommandResult<Snapshot>.Busy();
        }
    }

    /// <summary>Commits a change. The caller passes every outcome except <see cref="CommitOutcome.Committed"/> to <see cref="Ended"/>.</summary>
    public async Task<CommitOutcome> Commit(Change change, CancellationToken cancellation)
    {
        var outcome = await ledger.Commit(change, cancellation);
        if (outcome is CommitOutcome.Committed(var place, _, _) && change.Record.Stamp is { } stamp)
            _keys.Keep(stamp, place);
        if (outcome is CommitOutcome.Unknown)
            _unknown = change;
        return outcome;
    }

    /// <summary>The result of an attempt whose change did not commit.</summary>
    public async Task<Attempt> Ended(CommitOutcome outcome, CancellationToken cancellation)
    {
        switch (outcome)
        {
            case CommitOutcome.Busy:
                return Attempt.Answered.Busy;
            case CommitOutcome.Unavailable(var why):
                log.LogWarning("The ledger could not write a change: {Why}", why);
                return Attempt.Answered.Unavailable;
            case CommitOutcome.Unknown(var why):
                log.LogWarning("The connection to the ledger was lost during a commit: {Why}", why);
                return Attempt.Answered.OutcomeUnknown;
            default:
                await catalogue.Refresh().WaitAsync(cancellation);
                await ReadKeys(cancellation);
                return Attempt.Retry.Now;
        }
    }

    /// <summary>Returns the refusal, or a retry when another process has changed the catalogue on which the refusal was decided.</summary>
    public async Task<Attempt> Refuse(Catalogue decidedOn, Attempt.Answered refusal, CancellationToken cancellation) =>
        await catalogue.IsBehind(decidedOn, cancellation) ? Attempt.Retry.Now : refusal;

    private async Task Resolve(CancellationToken cancellation)
    {
        if (_unknown is not { } change)
            return;
        if (!await ledger.Resolve(change, cancellation))
            throw new LedgerUnreachableException("The ledger does not yet say what became of an earlier change.", null);
        await catalogue.Refresh().WaitAsync(cancellation);
        await ReadKeys(cancellation);
        _unknown = null;
    }
}
