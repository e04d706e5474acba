using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The operator's commands, one after the other. Each entry is guarded by its version in the commit, so a second silo that believes to be the one is told it is stale, reads
/// again and decides anew. What a change may free (capacity, proctors, lab seats, readiness) is offered to those who wait before the answer, for a second at most.
/// </summary>
[GrainType("catalogue")]
internal sealed class CatalogueGrain(
    SeatLedger ledger, CatalogueCopy catalogue, IClock clock, WaitlistRounds waitlist, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time, ILogger<CatalogueGrain> log)
    : Grain, ICatalogueGrain
{
    private const int MostAttempts = 8;
    private static readonly Duration _answersLife = Duration.FromHours(1);

    private readonly Dictionary<(string Caller, string Key), StoredAnswer> _answers = [];
    private readonly FreedSeats _freed = new(waitlist, time, log);
    private Instant _answersReadAt;

    // Its commit threw: what became of it is not known, and nothing else is decided before it is.
    private Change? _doubted;

    public override Task OnActivateAsync(CancellationToken cancellationToken) => ReadAnswers();

    public async Task<Answer?> Recall(IdempotencyStamp stamp)
    {
        await FindOut();
        // What was read long ago may have grown older than the seven days for which a key is kept.
        if (!ledger.Feed.IsFresh || (_answers.ContainsKey((stamp.Caller, stamp.Key)) && clock.GetCurrentInstant() - _answersReadAt > _answersLife))
            await ReadAnswers();
        return !_answers.TryGetValue((stamp.Caller, stamp.Key), out var stored) ? null
            : stored.Hash == stamp.Hash ? Records.Replay(stored)
            : Problems.KeyReused();
    }

    public Task<Answer> Put(PutCommand command) => Run(command.Caller, async () =>
    {
        var things = catalogue.Current;
        var (kind, id, before, version) = CatalogueEntries.Known(things, command.Entry);
        if (command.Caller.IfMatch is { } seen && seen != version)
            return await Refused(things, Problems.Stale());
        var answer = Records.Success(200, version + 1, null, writer => CatalogueView.Write(writer, command.Entry, version + 1));
        var outcome = await Commit(new()
        {
            Record = Record(command.Caller, $"{kind}_put", id, answer, before is null ? null : CatalogueEntries.View(before, version), null),
            Rows = [new RowWrite.CataloguePut(command.Entry, version + 1)],
        });
        if (await Failed(outcome) is { IsOver: true, Answer: var failure })
            return failure;
        catalogue.Put(command.Entry, version + 1);
        Keep(command.Caller, $"{kind}_put", answer);
        await _freed.Patiently(Concerned(command.Entry));
        return answer;
    });

    public Task<Answer> MakeKey(MakeKeyCommand command) => Run(command.Caller, async () =>
    {
        var institution = command.Institution is { } text ? InstitutionId.Of(text) : (InstitutionId?)null;
        var key = new ApiKey(ApiKeyId.New(), command.Hash, command.Role, institution, command.Name, clock.GetCurrentInstant());
        var answer = Records.Success(201, 1, null, writer => CatalogueView.Write(writer, key, 1));
        var outcome = await Commit(new()
        {
            Record = Record(command.Caller, "api_key_made", key.Id.ToString(), answer, null, null) with { Institution = institution },
            Rows = [new RowWrite.CataloguePut(key, 1)],
        });
        if (await Failed(outcome) is { IsOver: true, Answer: var failure })
            return failure;
        catalogue.Put(key, 1);
        Keep(command.Caller, "api_key_made", answer);
        return answer;
    });

    public Task<Answer> RevokeKey(RevokeKeyCommand command) => Run(command.Caller, async () =>
    {
        var id = new ApiKeyId(command.Key);
        var things = catalogue.Current;
        if (!things.ApiKeys.TryGetValue(id, out var key))
            return await Refused(things, Problems.NotFound());
        if (command.Caller.IfMatch is { } seen && seen != key.Version)
            return await Refused(things, Problems.Stale());
        var answer = Records.Done();
        var outcome = await Commit(new()
        {
            Record = Record(command.Caller, "api_key_revoked", id.ToString(), answer, CatalogueEntries.View(key.Value, key.Version), null) with { Institution = key.Value.Institution },
            Rows = [new RowWrite.KeyRevoked(id)],
        });
        if (await Failed(outcome) is { IsOver: true, Answer: var failure })
            return failure;
        catalogue.Revoke(id);
        Keep(command.Caller, "api_key_revoked", answer);
        return answer;
    });

    public Task<Answer> SetTemplate(TemplateCommand command) => SetCapacity(
        command.Caller, command.Pool, "template_put", command.Force, command.Reason, 200,
        (capacity, pool) => CapacityChange.Of(capacity.With(command.Template), pool.Zone, command.Template.From, command.Template.To),
        writer => CatalogueEntries.Write(writer, command.Template));

    public Task<Answer> SetException(ExceptionCommand command) => SetCapacity(
        command.Caller, command.Pool, command.Seats is null ? "exceptions_cleared" : "exception_put", command.Force, command.Reason,
        command.Seats is null && !command.Force ? 204 : 200,
        (capacity, _) => new(
            command.Seats is { } seats
                ? capacity.With(new CapacityException(command.From, command.To, seats))
                : capacity.WithoutExceptions(command.From, command.To),
            command.From,
            command.To),
        writer => CatalogueEntries.Write(writer, command.From, command.To, command.Seats));

    private Task<Answer> SetCapacity(
        Caller caller, string poolText, string kind, bool force, string? reason, int status,
        Func<PoolCapacity, Pool, CapacityChange> change, Action<System.Text.Json.Utf8JsonWriter> members) => Run(caller, async () =>
    {
        var id = PoolId.Of(poolText);
        var things = catalogue.Current;
        if (!things.Pools.TryGetValue(id, out var pool))
            return await Refused(things, Problems.NotFound());
        var known = things.Capacities.GetValueOrDefault(id) ?? new(PoolCapacity.None, 0);
        if (caller.IfMatch is { } seen && seen != known.Version)
            return await Refused(things, Problems.Stale());
        var changed = change(known.Value, pool.Value);
        var slots = changed.Slots(pool.Value, ledger.Picture, clock.GetCurrentInstant());
        var raised = slots.Where(slot => Raises(id, slot)).Select(slot => new SlotHour(id, slot.Minutes)).ToImmutableArray();
        var kept = new KeptForWaitlist(GrainFactory, waitlist, raised, ledger.Picture, slots);
        await kept.Announce();
        Answer Answered(ImmutableArray<Shortfall> shortfalls) => Records.Success(status, 0, null, writer =>
        {
            writer.WriteString("pool", id.Text);
            members(writer);
            Problems.WriteShortfall(writer, "shortfall", shortfalls.Select(slot => (SlotMinutes.ToInstant(slot.Minutes), slot.Seats)));
        });
        CommitOutcome outcome;
        try
        {
            outcome = await Commit(new()
            {
                Record = Record(caller, kind, id.Text, Answered([]), CatalogueEntries.View(new CapacityEntry(id, known.Value), known.Version), reason),
                Rows =
                [
                    new RowWrite.CataloguePut(new CapacityEntry(id, changed.Capacity), known.Version + 1),
                    .. slots.IsEmpty ? Array.Empty<RowWrite>() : [new RowWrite.CapacitySet(id, slots, force)],
                ],
                AfterOf = slots.IsEmpty ? null : shortfalls => Answered(shortfalls).Text,
            });
        }
        catch
        {
            // What became of it is not known: nobody is to wait for what may never come free.
            kept.Release();
            throw;
        }

        if (outcome is CommitOutcome.BelowBooked below)
        {
            kept.Release();
            return await CapacityProblem.Of(ledger.Read, id, below.Slots, clock.GetCurrentInstant());
        }

        if (await Failed(outcome) is { IsOver: true, Answer: var failure })
        {
            kept.Release();
            return failure;
        }

        catalogue.Put(new CapacityEntry(id, changed.Capacity), known.Version + 1);
        var full = Answered(((CommitOutcome.Committed)outcome).Shortfalls);
        var answer = status == 204 ? Records.Done() : full;
        Keep(caller, kind, answer);
        await _freed.Patiently(kept.Rounds());
        return answer;
    });

    private bool Raises(PoolId pool, SlotCapacity slot) =>
        !ledger.Picture.TryGet(new(pool, slot.Minutes), out var capacity, out _) || slot.Capacity > capacity;

    private async Task<Answer> Run(Caller caller, Func<Task<Answer?>> attempt)
    {
        for (var tried = 0; tried < MostAttempts; tried++)
        {
            await FindOut();
            if (caller.Stamp is { } stamp && await Recall(stamp) is { } known)
                return known;
            if (await attempt() is { } answer)
                return answer;
        }

        return Problems.Busy();
    }

    private async Task<CommitOutcome> Commit(Change change)
    {
        _doubted = change;
        var outcome = await ledger.Commit(change);
        _doubted = null;
        return outcome;
    }

    private async Task FindOut()
    {
        if (_doubted is not { } change)
            return;
        if (!await ledger.FindOut(change))
            throw new LedgerUnreachableException("What became of an earlier change is not known yet.", null);
        await catalogue.Refresh();
        await ReadAnswers();
        _doubted = null;
    }

    /// <summary>The refusal; null, for another attempt, when it rests on a catalogue that others have changed.</summary>
    private async ValueTask<Answer?> Refused(Catalogue things, Answer why) => await catalogue.IsBehind(things) ? null : why;

    /// <summary>Whether the attempt is over without a commit: with an answer, or (null) to be made again on what stands now.</summary>
    private async ValueTask<(bool IsOver, Answer? Answer)> Failed(CommitOutcome outcome)
    {
        switch (outcome)
        {
            case CommitOutcome.Committed:
                return (false, null);
            case CommitOutcome.Busy:
                return (true, Problems.Busy());
            case CommitOutcome.Unavailable unavailable:
                log.LogWarning("The ledger could not take a change: {Why}", unavailable.Why);
                return (true, Problems.Unavailable());
            default:
                await catalogue.Refresh();
                await ReadAnswers();
                return (true, null);
        }
    }

    /// <summary>Offers to those for whom the entry may have made room (R9).</summary>
    private Task Concerned(CatalogueEntry entry) => entry switch
    {
        InstitutionEntry { Institution.Id: var institution } when waitlist.AnybodyWaits => GrainFactory.Queue(institution).LookAgain(),
        PolicyEntry or SeasonEntry or Exam => waitlist.Check(),
        _ => Task.CompletedTask,
    };

    private ChangeRecord Record(Caller caller, string kind, string subject, Answer answer, string? before, string? why) => new()
    {
        At = clock.GetCurrentInstant(),
        Who = caller.Who.Id,
        Kind = kind,
        Subject = subject,
        Before = before,
        After = answer.Body is null ? null : answer.Text,
        Why = why,
        Stamp = caller.Stamp,
        Status = answer.Status,
    };

    private void Keep(Caller caller, string kind, Answer answer)
    {
        if (caller.Stamp is { } stamp)
            _answers[(stamp.Caller, stamp.Key)] = new(stamp.Hash, answer.Status, answer.Body is null ? null : answer.Text, "", kind);
    }

    private async Task ReadAnswers()
    {
        var now = clock.GetCurrentInstant();
        var answers = await ledger.Read.CatalogueAnswers(now);
        _answers.Clear();
        foreach (var (key, answer) in answers)
            _answers[key] = answer;
        _answersReadAt = now;
    }
}
