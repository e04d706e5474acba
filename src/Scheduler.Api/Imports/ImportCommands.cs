using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Makes imports, which are dry runs that the ledger keeps, and applies them.</summary>
/// <remarks>
/// The application sends the command of each row with an idempotency key that belongs to the import and the row. So an application that a crash or a deadline
/// has cut short goes on when it is asked for again: rows that were done answer from their keys, and nothing is done twice (R13).
/// </remarks>
internal sealed class ImportCommands(SeatLedger ledger, PeopleCommits commits, CatalogueCopy catalogue, ImportSubjects subjects, IClock clock)
{
    private const int NamedChanges = 100;

    /// <summary>Reads files and keeps what each row would do.</summary>
    public Task<CommandResult<ImportSnapshot>> Make(Caller caller, ImportQuestion question, CancellationToken cancellation) =>
        commits.Run<ImportSnapshot>(caller, async () =>
        {
            // Another process may have changed the catalogue a moment ago.
            await catalogue.IsBehind(catalogue.Current, cancellation);
            var (present, faults, of) = (catalogue.Current, new List<ImportFileFault>(), subjects.Of(question.Kind));
            var rows = await of.Plan(question, faults, cancellation);
            if (faults.Count > 0)
                return new PeopleAttempt.Refused(new Refusal.ImportUnreadable([.. faults]));
            var now = clock.GetCurrentInstant();
            var facts = new ImportFacts
            {
                Id = IdOf(caller, now),
                Kind = ImportKinds.Form.Write(question.Kind),
                IsFull = question.Mode == ImportMode.Full,
                Status = ImportStatus.Checked,
                Files = [.. question.Files.Select(file => file.Name)],
                Hash = Import.HashOf(rows),
                MadeBy = caller.Who.Id,
                MadeAt = now,
                Present = of.Present(present),
                Added = Import.Count(rows, ImportAction.Added),
                Changed = Import.Count(rows, ImportAction.Changed),
                Unchanged = Import.Count(rows, ImportAction.Unchanged),
                Removed = Import.Count(rows, ImportAction.Removed),
                Refused = Import.Count(rows, ImportAction.Refused),
                Version = 1,
            };
            return Write(caller, ChangeKind.ImportMade, null, new(facts, [.. rows]), null);
        }, cancellation);

    /// <summary>Applies an import, or goes on with an application that did not end. An import that was applied stays as it is.</summary>
    public async Task<CommandResult<ImportSnapshot>> Apply(Caller caller, ImportId id, bool isForced, string? reason, CancellationToken cancellation)
    {
        var started = await commits.Run<ImportSnapshot>(caller, () => Start(caller, id, isForced, reason, cancellation), cancellation);
        if (started is not CommandResult<ImportSnapshot>.Done { Value.Import.Status: ImportStatus.Applying })
            return started;
        var import = (await Read(id, cancellation))!;
        if (import.Facts.Status == ImportStatus.Applied)
            return new CommandResult<ImportSnapshot>.Done(new(import.Facts));
        var (results, open) = await Send(caller, import, cancellation);
        return open is not null
            ? open.Answer()
            : await commits.Run<ImportSnapshot>(caller, () => End(caller, id, results, cancellation), cancellation);
    }

    /// <summary>The import; null when there is none.</summary>
    public async Task<Import?> Read(ImportId id, CancellationToken cancellation) =>
        await ledger.Read.PrivateRow(PrivateKind.Import, id.ToString(), cancellation) is { } row ? Import.Of(row) : null;

    private async Task<PeopleAttempt> Start(Caller caller, ImportId id, bool isForced, string? reason, CancellationToken cancellation)
    {
        if (await Read(id, cancellation) is not { } import)
            return new PeopleAttempt.NotFound();
        var facts = import.Facts;
        if (facts.Status == ImportStatus.Applied)
            return new PeopleAttempt.Unchanged(new ImportSnapshot(facts));
        if (caller.SeenVersion is { } seen && seen != facts.Version && facts.Status == ImportStatus.Checked)
            return new PeopleAttempt.Stale();
        if (clock.GetCurrentInstant() >= import.EndsAt)
            return new PeopleAttempt.Refused(new Refusal.ImportExpired(import.EndsAt));
        if (facts.Status == ImportStatus.Applying)
            return new PeopleAttempt.Unchanged(new ImportSnapshot(facts));
        await catalogue.IsBehind(catalogue.Current, cancellation);
        if (Changes(import) is { Length: > 0 } changes)
            return new PeopleAttempt.Refused(new Refusal.ImportStale([.. changes.Take(NamedChanges)], changes.Length));
        if (!isForced && ImportRules.VanishesTooMuch(facts.Removed, facts.Present))
            return new PeopleAttempt.Refused(new Refusal.ImportVanishes(facts.Removed, facts.Present));
        var after = facts with { Status = ImportStatus.Applying, IsForced = isForced, Reason = reason, Version = facts.Version + 1 };
        // The key belongs to the record of the end: a repeat of a call that was cut short goes on.
        return Write(caller with { Stamp = null }, ChangeKind.ImportStarted, facts, import with { Facts = after }, reason);
    }

    /// <summary>The rows whose subject has another version than the dry run saw.</summary>
    public ImmutableArray<ImportChange> Changes(Import import)
    {
        var (present, of) = (catalogue.Current, Subjects(import));
        return
        [
            .. from row in import.Rows
               where row.Action != ImportAction.Refused
               let version = of.Version(row, present)
               where version != row.Seen
               select new ImportChange(row.Number, row.Subject, row.Seen, version),
        ];
    }

    private async Task<(ImmutableArray<ImportRow> Rows, ImportSent.Open? Open)> Send(Caller caller, Import import, CancellationToken cancellation)
    {
        var (results, of) = (import.Rows.ToBuilder(), Subjects(import));
        for (var index = 0; index < results.Count; index++)
        {
            var row = results[index];
            if (!row.IsSent)
                continue;
            switch (await of.Send(row, CallerOf(caller, import, row), ReasonOf(import, row), cancellation))
            {
                case ImportSent.Open open:
                    return ([], open);
                case ImportSent.Refused(var code):
                    results[index] = row with { Outcome = code };
                    break;
                default:
                    results[index] = row with { Outcome = ImportRow.Done };
                    break;
            }
        }

        return (results.ToImmutable(), null);
    }

    private async Task<PeopleAttempt> End(Caller caller, ImportId id, ImmutableArray<ImportRow> rows, CancellationToken cancellation)
    {
        var facts = (await Read(id, cancellation))!.Facts;
        // Another call has gone on at the same time. Its rows have the same results, by the same keys.
        if (facts.Status == ImportStatus.Applied)
            return new PeopleAttempt.Unchanged(new ImportSnapshot(facts));
        var applied = rows.Count(row => row.Outcome == ImportRow.Done);
        var after = facts with
        {
            Status = ImportStatus.Applied,
            Applied = applied,
            Failed = rows.Count(row => row.IsSent) - applied,
            AppliedAt = clock.GetCurrentInstant(),
            Version = facts.Version + 1,
        };
        return Write(caller, ChangeKind.ImportApplied, facts, new(after, rows), facts.Reason);
    }

    /// <summary>The caller of a row's command: the key is the import's and the row's own, whoever goes on.</summary>
    private static Caller CallerOf(Caller caller, Import import, ImportRow row) =>
        new(caller.Who, new($"import/{import.Facts.Id}", Import.Key(row), import.Facts.Hash), row.Seen);

    /// <summary>The reason in the record of a row's change (R15): the import, the row, and what the operator gave.</summary>
    private static string ReasonOf(Import import, ImportRow row)
    {
        var text = $"Import {import.Facts.Id}{(row.Number > 0 ? $", row {row.Number}" : "")}";
        return import.Facts.Reason is { } reason ? $"{text}: {reason}" : text;
    }

    private IImportSubjects Subjects(Import import) =>
        subjects.Of(ImportKinds.Form.TryRead(import.Facts.Kind, out var kind, out _) ? kind : throw new InvalidDataException(import.Facts.Kind));

    /// <summary>The id of a call with an idempotency key is computed from the key, so two processes that serve the same call make one import.</summary>
    private static ImportId IdOf(Caller caller, Instant now) => caller.Stamp is { } stamp
        ? new(ApiKeyId.From($"{stamp.Caller}\n{stamp.Key}\n{stamp.Hash}\n{(now - NodaConstants.UnixEpoch).Days / Limits.IdempotencyKeyDays}").Value)
        : ImportId.New();

    private PeopleAttempt.Write Write(Caller caller, ChangeKind kind, ImportFacts? before, Import after, string? why) => new(
        new ChangeRecord
        {
            At = clock.GetCurrentInstant(), Who = caller.Who.Id, Kind = kind, Subject = after.Facts.Id.ToString(),
            Before = before is null ? null : new ImportSnapshot(before), After = new ImportSnapshot(after.Facts), Stamp = caller.Stamp, Why = why,
        },
        [new RowWrite.PrivatePut(after.ToRow())],
        static () => { });
}
