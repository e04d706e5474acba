using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A table of a file: its headings and its rows that are not empty.</summary>
/// <param name="File">The name of the file.</param>
/// <param name="Headings">The headings as the file has them.</param>
/// <param name="Lines">The rows after the headings.</param>
internal sealed record ImportTable(string File, string[] Headings, IReadOnlyList<ImportLine> Lines)
{
    private const string FormulaStarts = "=+-@\t\r";

    /// <summary>The cell of a text. An apostrophe that an export set before a formula is taken away again; a formula of its own is told.</summary>
    public static ImportCell Cell(string text)
    {
        var cell = text.Trim();
        return cell is ['\'', var second, ..] && FormulaStarts.Contains(second, StringComparison.Ordinal)
            ? new(cell[1..])
            : new(cell, cell.StartsWith('='));
    }

    /// <summary>Makes a table of the rows of a file, the first with the headings; null with a fault when the rows are too many or too long.</summary>
    public static ImportTable? Of(string file, IEnumerable<ImportLine> rows, List<ImportFileFault> faults)
    {
        string[]? headings = null;
        var lines = new List<ImportLine>();
        foreach (var row in rows)
        {
            if (row.Cells.All(cell => cell.Text.Length == 0))
                continue;
            if (Fault(file, row) is { } fault)
            {
                faults.Add(fault);
                return null;
            }

            if (headings is null)
                headings = [.. row.Cells.Select(cell => cell.Text)];
            else
                lines.Add(row);
            if (lines.Count > ImportLimits.Rows)
            {
                faults.Add(new(file, "rows", PageText.Plain(ImportLimits.Rows)));
                return null;
            }
        }

        if (headings is null || lines.Count == 0)
        {
            faults.Add(new(file, "empty"));
            return null;
        }

        return new(file, headings, lines);
    }

    private static ImportFileFault? Fault(string file, in ImportLine row)
    {
        if (row.Cells.Length > ImportLimits.Columns)
            return new(file, "columns", PageText.Plain(row.Number), PageText.Plain(ImportLimits.Columns));
        return row.Cells.Any(cell => cell.Text.Length > ImportLimits.CellCharacters)
            ? new(file, "cell", PageText.Plain(row.Number), PageText.Plain(ImportLimits.CellCharacters))
            : null;
    }
}
