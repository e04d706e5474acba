using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Decides what the rows of a file of institutions would do, on one moment of the catalogue: a pure function. A row changes only what its columns name. An
/// institution that is retired comes back when a row names it, as with a PUT.
/// </summary>
internal sealed class InstitutionRows
{
    private readonly Catalogue _catalogue;
    private readonly DateTimeZone? _zone;
    private readonly List<Read> _rows = [];

    private InstitutionRows(Catalogue catalogue, DateTimeZone? zone) => (_catalogue, _zone) = (catalogue, zone);

    /// <summary>The rows in the order in which they can be applied: each board before its schools.</summary>
    /// <param name="catalogue">What is there.</param>
    /// <param name="table">The file.</param>
    /// <param name="columns">The positions of its columns.</param>
    /// <param name="zone">The zone of new institutions without one; null when there is none.</param>
    public static List<ImportRow> Plan(Catalogue catalogue, ImportTable table, Dictionary<string, int> columns, DateTimeZone? zone)
    {
        var plan = new InstitutionRows(catalogue, zone);
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var line in table.Lines)
        {
            var row = plan.ReadOne(new(table, line, columns));
            if (!firsts.TryAdd(row.Id, row.Reader.Number) && row.Id.Length > 0)
                row.Reader.Add("again", InstitutionColumns.Id, row.Id, PageText.Plain(firsts[row.Id]));
            plan._rows.Add(row);
        }

        plan.CheckBoards();
        return [.. plan.InOrder().Select(plan.Decide)];
    }

    /// <summary>The institutions that are not retired and that no row names: what a full list takes away, each school before its board.</summary>
    public static IEnumerable<ImportRow> Absent(Catalogue catalogue, IEnumerable<ImportRow> rows)
    {
        var named = rows.Select(row => row.Subject).ToHashSet(StringComparer.Ordinal);
        return catalogue.Institutions.Values
            .Where(known => known.Value.Retired is null && !named.Contains(known.Value.Id.Text))
            .OrderByDescending(known => Depth(known.Value, catalogue)).ThenBy(known => known.Value.Id)
            .Select(known => new ImportRow
            {
                Number = 0, Subject = known.Value.Id.Text, Name = known.Value.Name, Action = ImportAction.Removed, Seen = known.Version,
                Wanted = CatalogueText.Body(new InstitutionEntry(known.Value)),
            });
    }

    private static int Depth(Institution institution, Catalogue catalogue)
    {
        var depth = 0;
        for (var board = institution.Board; board is { } next && depth < catalogue.Institutions.Count; depth++)
            board = catalogue.Institutions.GetValueOrDefault(next)?.Value.Board;
        return depth;
    }

    private Read ReadOne(RowReader reader)
    {
        var text = reader.Text(InstitutionColumns.Id);
        var id = reader.Value(InstitutionColumns.Id, TextForms.Institution, "id");
        if (text is null)
            reader.Need(InstitutionColumns.Id);
        var known = id is { } one ? _catalogue.Institutions.GetValueOrDefault(one) : null;
        var before = known?.Value;
        var name = reader.Line(InstitutionColumns.Name);
        if (name is null && (before is null || reader.IsEmpty(InstitutionColumns.Name)))
            reader.Need(InstitutionColumns.Name);
        var zone = reader.Zone(InstitutionColumns.Zone) ?? before?.Zone ?? _zone;
        if (zone is null)
            reader.Need(InstitutionColumns.Zone);
        var board = reader.Has(InstitutionColumns.Board) ? reader.Value(InstitutionColumns.Board, TextForms.Institution, "id") : before?.Board;
        var labSeats = reader.Whole(InstitutionColumns.LabSeats, 0, Limits.Supervision) ?? before?.LabSeats ?? 0;
        var proctors = reader.Whole(InstitutionColumns.Proctors, 0, Limits.Supervision) ?? before?.Proctors ?? 0;
        var ready = reader.YesNo(InstitutionColumns.Ready);
        var shortNotice = reader.Has(InstitutionColumns.ShortNotice)
            ? reader.Whole(InstitutionColumns.ShortNotice, 0, Limits.ShortNoticeDays)
            : before?.ShortNoticeDays;
        var wanted = id is null || (name ?? before?.Name) is not { } called || zone is null
            ? null
            : new Institution
            {
                Id = id.Value, Name = called, Zone = zone, Board = board, LabSeats = labSeats, Proctors = proctors, ShortNoticeDays = shortNotice,
                Onboarding = Steps(before?.Onboarding ?? Onboarding.None, ready),
            };
        return new(reader, id?.Text ?? text ?? "", known, wanted);
    }

    /// <summary>The steps after a row says whether the onboarding is complete. Steps that are open stay open one by one.</summary>
    private static Onboarding Steps(Onboarding before, bool? ready) => ready switch
    {
        true => Onboarding.Complete,
        false when before == Onboarding.Complete => Onboarding.None,
        _ => before,
    };

    /// <summary>Refuses rows whose board is not there, is retired, is refused itself, or leads back to the row.</summary>
    private void CheckBoards()
    {
        var rows = new Dictionary<InstitutionId, Read>();
        foreach (var row in _rows)
        {
            if (InstitutionId.TryParse(row.Id, out var id))
                rows.TryAdd(id, row);
        }

        // A refused row refuses the rows below, so the rows are checked until nothing changes.
        for (var isDone = false; !isDone;)
        {
            isDone = true;
            foreach (var row in _rows.Where(row => row is { IsGood: true, Wanted.Board: not null }))
            {
                var board = row.Wanted!.Board!.Value;
                if (Fault(board, row.Wanted.Id, rows) is not { } code)
                    continue;
                row.Reader.Add(code, InstitutionColumns.Board, board.Text);
                isDone = false;
            }
        }
    }

    private string? Fault(InstitutionId board, InstitutionId id, Dictionary<InstitutionId, Read> rows)
    {
        if (rows.TryGetValue(board, out var row))
        {
            if (!row.IsGood)
                return "boardRefused";
        }
        else if (_catalogue.Institutions.GetValueOrDefault(board)?.Value is not { } known)
        {
            return "boardUnknown";
        }
        else if (known.Retired is not null)
        {
            return "boardRetired";
        }

        var next = (InstitutionId?)board;
        for (var steps = 0; next is { } above && steps <= _catalogue.Institutions.Count + _rows.Count; steps++)
        {
            if (above == id)
                return "boardCircle";
            next = rows.TryGetValue(above, out var of) ? of.Wanted?.Board : _catalogue.Institutions.GetValueOrDefault(above)?.Value.Board;
        }

        return null;
    }

    private IEnumerable<Read> InOrder()
    {
        var byId = _rows.Where(row => row.IsGood).ToDictionary(row => row.Wanted!.Id);
        var depths = new Dictionary<InstitutionId, int>();
        return _rows.Select((row, index) => (Row: row, Index: index)).OrderBy(one => one.Row.IsGood ? DepthOf(one.Row) : 0).ThenBy(one => one.Index)
            .Select(one => one.Row);

        int DepthOf(Read row)
        {
            if (depths.TryGetValue(row.Wanted!.Id, out var depth))
                return depth;
            depth = row.Wanted.Board is { } board && byId.TryGetValue(board, out var above) ? DepthOf(above) + 1 : 0;
            return depths[row.Wanted.Id] = depth;
        }
    }

    private ImportRow Decide(Read row)
    {
        if (!row.IsGood)
            return row.Reader.Refused(row.Id, row.Wanted?.Name);
        var (before, after) = (row.Known?.Value, row.Wanted!);
        var fields = Fields(before, after);
        return new()
        {
            Number = row.Reader.Number,
            File = row.Reader.File,
            Subject = row.Id,
            Name = after.Name,
            Action = before is null ? ImportAction.Added : fields.Length == 0 ? ImportAction.Unchanged : ImportAction.Changed,
            Seen = row.Known?.Version ?? 0,
            Wanted = fields.Length == 0 ? null : CatalogueText.Body(new InstitutionEntry(after)),
            Fields = fields,
        };
    }

    private static ImportField[] Fields(Institution? before, Institution after)
    {
        ImportField[] all =
        [
            new(InstitutionColumns.Name, before?.Name, after.Name),
            new(InstitutionColumns.Zone, before?.Zone.Id, after.Zone.Id),
            new(InstitutionColumns.Board, before?.Board?.Text, after.Board?.Text),
            new(InstitutionColumns.LabSeats, Text(before?.LabSeats), Text(after.LabSeats)),
            new(InstitutionColumns.Proctors, Text(before?.Proctors), Text(after.Proctors)),
            new(InstitutionColumns.Ready, Text(before?.Onboarding), Text(after.Onboarding)),
            new(InstitutionColumns.ShortNotice, Text(before?.ShortNoticeDays), Text(after.ShortNoticeDays)),
            new("retired", before?.Retired is null ? null : "true", null),
        ];
        return [.. all.Where(field => field.Before != field.After)];
    }

    private static string? Text(int? number) => number is { } known ? PageText.Plain(known) : null;

    private static string? Text(Onboarding? steps) => steps is { } known ? (known == Onboarding.Complete ? "true" : "false") : null;

    /// <summary>A row as far as it could be read.</summary>
    private sealed record Read(RowReader Reader, string Id, Versioned<Institution>? Known, Institution? Wanted)
    {
        public bool IsGood => Reader.Faults.Count == 0 && Wanted is not null;
    }
}
