using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Imports institutions and boards by the commands of <c>PUT</c> and <c>DELETE /institutions/{id}</c>.</summary>
internal sealed class InstitutionImport(CatalogueCopy catalogue, IGrainFactory grains) : IImportSubjects
{
    public IReadOnlyList<ImportColumn> Columns => InstitutionColumns.All;

    public int Present(Catalogue present) => present.Institutions.Values.Count(one => one.Value.Retired is null);

    public async Task<List<ImportRow>> Plan(ImportQuestion question, List<ImportFileFault> faults, CancellationToken cancellation)
    {
        if (question.Files[0].Table(faults) is not { } table || ImportColumns.Find(table, Columns, faults) is not { } columns)
            return [];
        var present = catalogue.Current;
        var rows = InstitutionRows.Plan(present, table, columns, question.Zone);
        if (question.Mode == ImportMode.Full)
        {
            foreach (var row in InstitutionRows.Absent(present, rows).ToList())
                rows.Add(await Tried(row, question.Who, cancellation));
        }

        return rows;
    }

    public int Version(ImportRow row, Catalogue present) =>
        InstitutionId.TryParse(row.Subject, out var id) ? present.Institutions.GetValueOrDefault(id)?.Version ?? 0 : 0;

    public async Task<ImportSent> Send(ImportRow row, Caller caller, string reason, CancellationToken cancellation)
    {
        var entry = CatalogueText.Entry(row.Wanted!);
        return ImportSent.Of(row.Action == ImportAction.Removed
            ? await grains.Catalogue().Retire(new(caller, entry, reason), cancellation)
            : await grains.Catalogue().Put(new(caller, entry, reason), cancellation));
    }

    /// <summary>A row that takes an institution away, refused when bookings or others rest on the institution.</summary>
    private async Task<ImportRow> Tried(ImportRow row, Principal who, CancellationToken cancellation)
    {
        var command = new RetireCommand(new(who, IsDryRun: true), CatalogueText.Entry(row.Wanted!));
        return await grains.Catalogue().Retire(command, cancellation) is CommandResult<EntrySnapshot>.Previewed(var run) && run.Refused is { } code
            ? row with { Action = ImportAction.Refused, Faults = [new(code, null)] }
            : row;
    }
}
