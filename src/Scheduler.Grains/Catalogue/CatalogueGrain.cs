using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using NodaTime;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// Runs the operators' commands one after the other by <see cref="CatalogueRun"/>. A change may free seats or allow more (capacity; an institution's proctors,
/// lab seats or readiness; the policy, a season or an exam). Then the waitlist gets an offer before the call answers; the call waits for the offer for a second
/// at most.
/// </summary>
[GrainType("catalogue")]
internal sealed class CatalogueGrain(
    SeatLedger ledger, CatalogueCopy catalogue, IClock clock, WaitlistRounds rounds, [FromKeyedServices(SiloSetup.Timers)] TimeProvider time,
    ILogger<CatalogueGrain> log)
    : Grain, ICatalogueGrain
{
    private readonly CatalogueRun _run = new(ledger, catalogue, clock, log);
    private readonly EntryRecords _records = new(clock);
    private readonly EntryChecks _checks = new(ledger, clock);
    private readonly OpeningSeeds _seeds = new(ledger, clock);
    private readonly DryRuns _dryRuns = new(ledger, clock);
    private FreedSeats _freed = null!;
    private CapacitySteps _capacity = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _freed = new(GrainFactory, rounds, time, log);
        _capacity = new(_run, ledger, catalogue, clock, _freed);
        return _run.ReadKeys(cancellationToken);
    }

    public Task<CommandResult<Snapshot>?> Recall(IdempotencyStamp stamp, CancellationToken cancellation) => _run.Recall(stamp, cancellation);

    public Task<CommandResult<EntrySnapshot>> Put(PutCommand command, CancellationToken cancellation) =>
        _run.Run<EntrySnapshot>(command.Caller, current => Put(current, command, cancellation), cancellation);

    public Task<CommandResult<EntrySnapshot>> Retire(RetireCommand command, CancellationToken cancellation) =>
        _run.Run<EntrySnapshot>(command.Caller, current => Retire(current, command, cancellation), cancellation);

    public Task<CommandResult<EntrySnapshot>> MakeKey(MakeKeyCommand command, CancellationToken cancellation) =>
        _run.Run<EntrySnapshot>(command.Caller, current => Make(current, command, cancellation), cancellation);

    public Task<CommandResult<EntrySnapshot>> RevokeKey(RevokeKeyCommand command, CancellationToken cancellation) =>
        _run.Run<EntrySnapshot>(command.Caller, current => Revoke(current, command, cancellation), cancellation);

    public Task<CommandResult<CapacitySnapshot>> SetTemplate(TemplateCommand command, CancellationToken cancellation) =>
        _capacity.SetTemplate(command, cancellation);

    public Task<CommandResult<CapacitySnapshot>> SetException(ExceptionCommand command, CancellationToken cancellation) =>
        _capacity.SetException(command, cancellation);

    public Task<CommandResult<CapacitySnapshot>> SetExceptions(ExceptionsCommand command, CancellationToken cancellation) =>
        _capacity.SetExceptions(command, cancellation);

    public Task<CommandResult<CapacitySnapshot>> Raise(RaiseCommand command, CancellationToken cancellation) => _capacity.Raise(command, cancellation);

    public Task<CommandResult<CapacitySnapshot>> UndoRaise(UndoRaiseCommand command, CancellationToken cancellation) =>
        _capacity.UndoRaise(command, cancellation);

    private async Task<Attempt> Put(Catalogue current, PutCommand command, CancellationToken cancellation)
    {
        var (before, version) = current.Find(command.Entry);
        if (IsStale(command.Caller, version))
            return await _run.Refuse(current, Stale, cancellation);
        var seen = before is null ? null : new EntrySnapshot(before, version);
        var kept = OpeningSeeds.Kept(before, command.Entry);
        var isSame = command.KeepsSame && seen is not null && CatalogueText.Body(seen.Entry) == CatalogueText.Body(kept);
        if (isSame && !command.Caller.IsDryRun)
            return Attempt.Answered.Done(seen!);
        var (refusal, guards) = await _checks.Refuse(current, before, kept, cancellation);
        if (command.Caller.IsDryRun)
            return await _dryRuns.OfEntry(current, seen, isSame ? seen! : new EntrySnapshot(kept, version + 1), refusal, cancellation);
        if (refusal is not null)
            return await _run.Refuse(current, Attempt.Answered.Refused(refusal), cancellation);
        var (entry, seed) = await _seeds.Draw(kept, cancellation);
        var after = new EntrySnapshot(entry, version + 1);
        var change = new Change
        {
            Record = _records.Of(command.Caller, EntryRecords.PutOf(entry), EntryRecords.SubjectOf(entry), seen, after, command.Reason),
            Rows = [new RowWrite.CataloguePut(entry, version + 1), .. seed is null ? Array.Empty<RowWrite>() : [seed], .. guards],
        };
        if (await _run.Commit(change, cancellation) is var outcome and not CommitOutcome.Committed)
            return await _run.Ended(outcome, cancellation);
        catalogue.Put(entry, version + 1);
        await _freed.AtMostASecond(OfferWhatFreed(entry));
        return Attempt.Answered.Done(after);
    }

    private async Task<Attempt> Retire(Catalogue current, RetireCommand command, CancellationToken cancellation)
    {
        var (before, version) = current.Find(command.Entry);
        if (before is null)
            return await _run.Refuse(current, Attempt.Answered.NotFound, cancellation);
        var seen = new EntrySnapshot(before, version);
        var isRetired = Retirement.Of(before) is not null;
        if (isRetired && !command.Caller.IsDryRun)
            return Attempt.Answered.Done(seen);
        if (!isRetired && IsStale(command.Caller, version))
            return await _run.Refuse(current, Stale, cancellation);
        var now = clock.GetCurrentInstant();
        var after = isRetired ? seen : new EntrySnapshot(Retirement.With(before, now), version + 1);
        var (refusal, mark) = await EntryUse.Find(ledger.Read, current, before, now, cancellation);
        if (command.Caller.IsDryRun)
            return await _dryRuns.OfEntry(current, seen, after, isRetired ? null : refusal, cancellation);
        if (refusal is not null)
            return await _run.Refuse(current, Attempt.Answered.Refused(refusal), cancellation);
        var change = new Change
        {
            Record = _records.Of(command.Caller, EntryRecords.RetiredOf(before), EntryRecords.SubjectOf(before), seen, after, command.Reason),
            Rows = [new RowWrite.CataloguePut(after.Entry, after.Version), new RowWrite.NothingRests(before, mark, now)],
        };
        if (await _run.Commit(change, cancellation) is var outcome and not CommitOutcome.Committed)
            return await _run.Ended(outcome, cancellation);
        catalogue.Put(after.Entry, after.Version);
        await _freed.AtMostASecond(OfferWhatFreed(after.Entry));
        return Attempt.Answered.Done(after);
    }

    private async Task<Attempt> Make(Catalogue current, MakeKeyCommand command, CancellationToken cancellation)
    {
        var institution = command.Institution is { } text ? InstitutionId.Of(text) : (InstitutionId?)null;
        var now = clock.GetCurrentInstant();
        var school = institution is { } of ? current.Institutions.GetValueOrDefault(of) : null;
        if (school is { Value.Retired: not null })
            return await _run.Refuse(current, Attempt.Answered.Refused(new Refusal.Retired("institution", school.Value.Id.Text)), cancellation);
        // The id of a call with an idempotency key is computed from the key: two activations that serve the same call make one API key. The period is part of
        // the id: after the life of an idempotency key the same key means a new call (R13).
        var period = (now - NodaConstants.UnixEpoch).Days / Limits.IdempotencyKeyDays;
        var id = command.Caller.Stamp is { } stamp ? ApiKeyId.From($"{stamp.Caller}\n{stamp.Key}\n{stamp.Hash}\n{period}") : ApiKeyId.New();
        var key = new ApiKey(id, command.Hash, command.Role, institution, command.Name, now) { Owner = command.Owner };
        var after = new EntrySnapshot(key, 1);
        var change = new Change
        {
            Record = _records.Of(command.Caller, ChangeKind.ApiKeyMade, id.ToString(), null, after, null) with { Institution = institution },
            // The institution may be retired at the same time.
            Rows =
            [
                new RowWrite.CataloguePut(key, 1),
                .. school is null ? Array.Empty<RowWrite>() : [new RowWrite.CatalogueUnchanged(new InstitutionEntry(school.Value), school.Version)],
            ],
        };
        if (await _run.Commit(change, cancellation) is var outcome and not CommitOutcome.Committed)
            return await _run.Ended(outcome, cancellation);
        catalogue.Put(key, 1);
        return Attempt.Answered.Done(after);
    }

    private async Task<Attempt> Revoke(Catalogue current, RevokeKeyCommand command, CancellationToken cancellation)
    {
        var id = new ApiKeyId(command.Key);
        if (!current.ApiKeys.TryGetValue(id, out var key))
            return await _run.Refuse(current, Attempt.Answered.NotFound, cancellation);
        var before = new EntrySnapshot(key.Value, key.Version);
        if (key.Value.RevokedAt is not null)
            return Attempt.Answered.Done(before);
        if (IsStale(command.Caller, key.Version))
            return await _run.Refuse(current, Stale, cancellation);
        if (OperatorKeys.IsLast(current, key.Value))
            return await _run.Refuse(current, Attempt.Answered.Refused(new Refusal.LastOperatorKey()), cancellation);
        var revoked = key.Value with { RevokedAt = clock.GetCurrentInstant() };
        var after = new EntrySnapshot(revoked, key.Version + 1);
        var change = new Change
        {
            Record = _records.Of(command.Caller, ChangeKind.ApiKeyRevoked, id.ToString(), before, after, null) with { Institution = key.Value.Institution },
            Rows = [new RowWrite.CataloguePut(revoked, after.Version), .. OperatorKeys.OtherStays(current, key.Value)],
        };
        if (await _run.Commit(change, cancellation) is var outcome and not CommitOutcome.Committed)
            return await _run.Ended(outcome, cancellation);
        catalogue.Put(revoked, after.Version);
        return Attempt.Answered.Done(after);
    }

    private static Attempt.Answered Stale { get; } = new(new CommandResult<Snapshot>.Stale());

    private static bool IsStale(Caller caller, int version) => caller.SeenVersion is { } seen && seen != version;

    /// <summary>Offers seats to the waitlist entries that the changed entry may allow now (R9).</summary>
    private Task OfferWhatFreed(CatalogueEntry entry) => entry switch
    {
        InstitutionEntry { Institution.Id: var institution } when rounds.AnybodyWaits => GrainFactory.Queue(institution).SettingsChanged(),
        PolicyEntry or SeasonEntry or Exam => rounds.Check(),
        _ => Task.CompletedTask,
    };
}
