using System.Globalization;
using System.IO.Compression;
using System.Xml;
using MiniExcelLibs;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads the first sheet of a workbook (Office Open XML).</summary>
internal static class WorkbookTable
{
    /// <summary>The table; null with a fault when the file cannot be read.</summary>
    public static ImportTable? Read(string file, byte[] bytes, List<ImportFileFault> faults)
    {
        if (!ZipParts.Check(file, bytes, faults))
            return null;
        try
        {
            var formulas = Formulas(bytes);
            using var body = new MemoryStream(bytes, writable: false);
            return ImportTable.Of(file, Rows(body, formulas), faults);
        }
        catch (Exception broken) when (broken is InvalidDataException or XmlException or FormatException or ArgumentException or InvalidOperationException
            or KeyNotFoundException or NullReferenceException or IndexOutOfRangeException)
        {
            // The library throws these for a workbook that is damaged or that is none.
            faults.Add(new(file, "workbook"));
            return null;
        }
    }

    private static IEnumerable<ImportLine> Rows(Stream body, HashSet<(int Row, int Column)> formulas)
    {
        var number = 0;
        foreach (IDictionary<string, object?> row in body.Query(useHeaderRow: false, excelType: ExcelType.XLSX))
        {
            number++;
            var cells = row.Values.Select((value, column) =>
                formulas.Contains((number, column + 1)) ? new ImportCell(Text(value), IsFormula: true) : ImportTable.Cell(Text(value)));
            yield return new(number, [.. cells]);
        }
    }

    private static string Text(object? value) => value switch
    {
        null => "",
        string text => text,
        bool flag => flag ? "true" : "false",
        // A date of a workbook has no zone: a date, or a date and a time.
        IConvertible date when date.GetTypeCode() == TypeCode.DateTime => DateText((IFormattable)value),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    private static string DateText(IFormattable date)
    {
        var text = date.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture);
        return text.EndsWith("T00:00:00", StringComparison.Ordinal) ? text[..10] : text.EndsWith(":00", StringComparison.Ordinal) ? text[..16] : text;
    }

    /// <summary>
    /// The cells of the first sheet with a formula. The library gives the value that a program computed last, which may be old. So such a row is refused, and
    /// says to paste the value.
    /// </summary>
    private static HashSet<(int Row, int Column)> Formulas(byte[] bytes)
    {
        var found = new HashSet<(int, int)>();
        using var zip = new ZipArchive(new MemoryStream(bytes, writable: false));
        foreach (var sheet in zip.Entries.Where(part => part.FullName.StartsWith("xl/worksheets/sheet1.", StringComparison.OrdinalIgnoreCase)))
        {
            using var part = sheet.Open();
            using var xml = XmlReader.Create(part, new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            var cell = "";
            while (xml.Read())
            {
                if (xml.NodeType != XmlNodeType.Element)
                    continue;
                if (xml.LocalName == "c")
                    cell = xml.GetAttribute("r") ?? "";
                else if (xml.LocalName == "f" && Place(cell) is { } place)
                    found.Add(place);
            }
        }

        return found;
    }

    /// <summary>The row and the column of a reference such as <c>AB12</c>, both from 1.</summary>
    private static (int Row, int Column)? Place(string reference)
    {
        var letters = reference.TakeWhile(char.IsAsciiLetterUpper).Count();
        if (letters is 0 or > 3 || !int.TryParse(reference.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture, out var row))
            return null;
        return (row, reference.Take(letters).Aggregate(0, (column, letter) => (column * 26) + letter - 'A' + 1));
    }
}
