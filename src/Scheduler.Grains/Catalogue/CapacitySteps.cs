using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The commands on the capacity of a pool (R3): templates, exceptions, and what advice adds. Each decides the pool's new capacity on the catalogue; the rest is
/// the same for all.
/// </summary>
internal sealed class CapacitySteps(CatalogueRun run, SeatLedger ledger, CatalogueCopy catalogue, IClock clock, FreedSeats freed)
{
    private readonly EntryRecords _records = new(clock);
    private readonly DryRuns _dryRuns = new(ledger, clock);

    /// <summary>Replaces a template.</summary>
    public Task<CommandResult<CapacitySnapshot>> SetTemplate(TemplateCommand command, CancellationToken cancellation)
    {
        var pool = PoolId.Of(command.Pool);
        return Set(
            new(command.Caller, pool, ChangeKind.TemplatePut, command.Force, command.Reason),
            (known, grid) => Done(
                CapacityChange.Of(known.Value.With(command.Template), grid.Zone, command.Template.From, command.Template.To),
                new TemplateSnapshot(pool, command.Template)),
            cancellation);
    }

    /// <summary>Sets or clears exceptions.</summary>
    public Task<CommandResult<CapacitySnapshot>> SetException(ExceptionCommand command, CancellationToken cancellation)
    {
        var pool = PoolId.Of(command.Pool);
        var kind = command.Seats is null ? ChangeKind.ExceptionsCleared : ChangeKind.ExceptionPut;
        return Set(
            new(command.Caller, pool, kind, command.Force, command.Reason),
            (known, _) => Done(
                new(
                    command.Seats is { } seats
                        ? known.Value.With(new CapacityException(command.From, command.To, seats))
                        : known.Value.WithoutExceptions(command.From, command.To),
                    command.From,
                    command.To),
                new ExceptionSnapshot(pool, command.From, command.To, command.Seats)),
            cancellation);
    }

    /// <summary>Sets or clears exceptions in several ranges, in one commit.</summary>
    public Task<CommandResult<CapacitySnapshot>> SetExceptions(ExceptionsCommand command, CancellationToken cancellation)
    {
        var pool = PoolId.Of(command.Pool);
        return Set(
            new(command.Caller, pool, ChangeKind.ExceptionsPut, command.Force, command.Reason),
            (known, _) =>
            {
                var capacity = known.Value.With(command.Hours);
                var written = capacity.Exceptions.Where(one => command.Hours.Any(range => one.From < range.To && range.From < one.To));
                return Done(
                    new(capacity, command.Hours.Min(range => range.From), command.Hours.Max(range => range.To)),
                    new ExceptionsSnapshot(pool, known.Version + 1, [.. written]));
            },
            cancellation);
    }

    /// <summary>Adds seats as advised.</summary>
    public Task<CommandResult<CapacitySnapshot>> Raise(RaiseCommand command, CancellationToken cancellation)
    {
        var pool = PoolId.Of(command.Pool);
        return Set(
            new(command.Caller, pool, ChangeKind.ExceptionsRaised, Force: false, command.Reason),
            (known, grid) =>
            {
                var raised = known.Value.Raised([.. command.Added], grid);
                var capacity = raised.Aggregate(known.Value, (before, exception) => before.With(exception));
                return Done(
                    new(capacity, command.Added.Min(range => range.From), command.Added.Max(range => range.To)),
                    new ExceptionsSnapshot(pool, known.Version + 1, raised));
            },
            cancellation);
    }

    /// <summary>Brings back the exceptions from before seats were added as advised.</summary>
    public Task<CommandResult<CapacitySnapshot>> UndoRaise(UndoRaiseCommand command, CancellationToken cancellation)
    {
        var pool = PoolId.Of(command.Pool);
        return Set(
            new(command.Caller, pool, ChangeKind.ExceptionsRestored, Force: false, command.Reason),
            async (known, _) =>
            {
                if (await ledger.Read.CapacityBeforeRaise(pool, known.Version, cancellation) is not { } before)
                    return (null, new Refusal.NothingToUndo());
                // Slots that the change did not touch have the same seats before and after, and slots that have begun stay as they are.
                var both = known.Value.Exceptions.Concat(before.Exceptions).DefaultIfEmpty().ToList();
                return (new(
                    new(known.Value with { Exceptions = before.Exceptions }, both.Min(one => one.From), both.Max(one => one.To)),
                    new ExceptionsSnapshot(pool, known.Version + 1, before.Exceptions)), null);
            },
            cancellation);
    }

    private static ValueTask<(Decided? Decided, Refusal? Refusal)> Done(CapacityChange change, CapacitySnapshot after) =>
        new((new Decided(change, after), null));

    private Task<CommandResult<CapacitySnapshot>> Set(
        CapacityCommand command, Func<Versioned<PoolCapacity>, SlotGrid, ValueTask<(Decided? Decided, Refusal? Refusal)>> decide,
        CancellationToken cancellation) =>
        run.Run<CapacitySnapshot>(command.Caller, async current =>
        {
            if (!current.Pools.TryGetValue(command.Pool, out var pool))
                return await run.Refuse(current, Attempt.Answered.NotFound, cancellation);
            if (pool.Value.Retired is not null)
                return await run.Refuse(current, Attempt.Answered.Refused(new Refusal.Retired("pool", command.Pool.Text)), cancellation);
            var known = current.Capacities.GetValueOrDefault(command.Pool) ?? new(PoolCapacity.None, 0);
            if (command.Caller.SeenVersion is { } seen && seen != known.Version)
                return await run.Refuse(current, new(new CommandResult<Snapshot>.Stale()), cancellation);
            return await decide(known, pool.Value.Grid) switch
            {
                (_, { } refusal) => await run.Refuse(current, Attempt.Answered.Refused(refusal), cancellation),
                var (decided, _) => await Write(command, pool, known, decided!, cancellation),
            };
        }, cancellation);

    private async Task<Attempt> Write(
        CapacityCommand command, Versioned<Pool> pool, Versioned<PoolCapacity> known, Decided decided, CancellationToken cancellation)
    {
        var slots = decided.Change.Slots(pool.Value, ledger.Picture, clock.GetCurrentInstant());
        var raised = slots.Where(slot => Raises(command.Pool, slot)).Select(slot => new SlotHour(command.Pool, slot.Minutes)).ToList();
        var before = new EntrySnapshot(new CapacityEntry(command.Pool, known.Value), known.Version);
        var entry = new CapacityEntry(command.Pool, decided.Change.Capacity);
        if (command.Caller.IsDryRun)
            return await _dryRuns.OfCapacity(before, new(entry, known.Version + 1), command.Pool, slots, command.Force, cancellation);
        var change = new Change
        {
            Record = _records.Of(command.Caller, command.Kind, command.Pool.Text, before, decided.After, command.Reason),
            Rows =
            [
                new RowWrite.CataloguePut(entry, known.Version + 1),
                // The slots follow from the pool's zone, which another activation may change at the same time (R1).
                new RowWrite.CatalogueUnchanged(pool.Value, pool.Version),
                .. slots.IsEmpty ? Array.Empty<RowWrite>() : [new RowWrite.CapacitySet(command.Pool, slots, command.Force)],
            ],
        };
        var round = await freed.Begin(raised);
        CommitOutcome? outcome = null;
        try
        {
            outcome = await run.Commit(change, cancellation);
        }
        finally
        {
            if (outcome is not CommitOutcome.Committed)
                round.End();
        }

        if (outcome is CommitOutcome.BelowBooked below)
        {
            var found = await CapacityBelow.Find(ledger.Read, command.Pool, below.Slots, clock.GetCurrentInstant(), cancellation);
            return Attempt.Answered.Refused(found with { IsUndo = command.Kind == ChangeKind.ExceptionsRestored });
        }

        if (outcome is not CommitOutcome.Committed committed)
            return await run.Ended(outcome, cancellation);
        catalogue.Put(entry, known.Version + 1);
        await freed.Offer(round, raised, null);
        return Attempt.Answered.Done(decided.After with { Shortfalls = committed.Shortfalls });
    }

    private bool Raises(PoolId pool, SlotCapacity slot) =>
        slot.Capacity > ledger.Picture.Look(new(pool, slot.Minutes), clock.GetCurrentInstant()).Capacity;

    private sealed record CapacityCommand(Caller Caller, PoolId Pool, ChangeKind Kind, bool Force, string? Reason);

    private sealed record Decided(CapacityChange Change, CapacitySnapshot After);
}
