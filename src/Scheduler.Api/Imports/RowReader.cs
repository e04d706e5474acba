using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads the cells of a row, and collects the faults of all of them.</summary>
internal sealed class RowReader(ImportTable table, ImportLine line, Dictionary<string, int> columns)
{
    private static readonly HashSet<string> _yes = new(["yes", "y", "true", "1", "x", "oui", "o", "vrai"], StringComparer.OrdinalIgnoreCase);
    private static readonly HashSet<string> _no = new(["no", "n", "false", "0", "non", "faux"], StringComparer.OrdinalIgnoreCase);
    private readonly List<ImportFault> _faults = [];

    public int Number => line.Number;

    public string File => table.File;

    public IReadOnlyList<ImportFault> Faults => _faults;

    /// <summary>Whether the file has the column.</summary>
    public bool Has(string column) => columns.ContainsKey(column);

    /// <summary>Whether the file has the column and the row leaves its cell empty.</summary>
    public bool IsEmpty(string column) => Has(column) && Cell(column).Text.Length == 0;

    /// <summary>The text of a cell; null when the cell is empty or has a fault.</summary>
    public string? Text(string column)
    {
        var cell = Cell(column);
        if (cell.IsFormula)
            Add("formula", column);
        return cell is { IsFormula: false, Text.Length: > 0 } ? cell.Text : null;
    }

    /// <summary>A text for people in one line.</summary>
    public string? Line(string column)
    {
        if (Text(column) is not { } text || PlainText.IsGood(text, Limits.TextCharacters, hasLines: false, out _))
            return Text(column);
        Add("text", column, PageText.Plain(Limits.TextCharacters));
        return null;
    }

    /// <summary>A value of a form of the API; null when the cell is empty or has a fault, which gets this code.</summary>
    public T? Value<T>(string column, TextForm<T> form, string code, params string[] figures)
        where T : struct
    {
        if (Text(column) is not { } text)
            return null;
        if (form.TryRead(text, out var value, out _))
            return value;
        Add(code, column, [Short(text), .. figures]);
        return null;
    }

    /// <summary>A zone; null when the cell is empty or has a fault.</summary>
    public NodaTime.DateTimeZone? Zone(string column)
    {
        if (Text(column) is not { } text)
            return null;
        if (TextForms.Zone.TryRead(text, out var zone, out _))
            return zone;
        Add("zone", column, Short(text));
        return null;
    }

    /// <summary>A whole number; null when the cell is empty or has a fault.</summary>
    public int? Whole(string column, int least, int most) =>
        Value(column, TextForms.Whole(least, most), "whole", PageText.Plain(least), PageText.Plain(most));

    /// <summary>Yes or no, in English or French; null when the cell is empty or has a fault.</summary>
    public bool? YesNo(string column)
    {
        if (Text(column) is not { } text)
            return null;
        if (_yes.Contains(text) || _no.Contains(text))
            return _yes.Contains(text);
        Add("yes", column, Short(text));
        return null;
    }

    /// <summary>Adds the fault of a cell that must not be empty.</summary>
    public void Need(string column)
    {
        if (!_faults.Any(fault => fault.Column == Heading(column)))
            Add("needed", column);
    }

    /// <summary>Adds a fault.</summary>
    public void Add(string code, string? column, params string[] figures) => _faults.Add(new(code, column is null ? null : Heading(column), figures));

    /// <summary>The row as refused.</summary>
    public ImportRow Refused(string subject, string? name) => new()
    {
        Number = Number, File = File, Subject = subject, Name = name, Action = ImportAction.Refused, Faults = [.. _faults],
    };

    private ImportCell Cell(string column) =>
        columns.TryGetValue(column, out var index) && index < line.Cells.Length ? line.Cells[index] : new("");

    private string Heading(string column) => columns.TryGetValue(column, out var index) ? table.Headings[index] : column;

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
