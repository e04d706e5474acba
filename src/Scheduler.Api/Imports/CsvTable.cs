using CsvHelper;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads a table of separated values (RFC 4180). Comma, semicolon and tab separate cells.</summary>
internal static class CsvTable
{
    private const string Separators = ",;\t";

    /// <summary>The table; null with a fault when the file cannot be read.</summary>
    public static ImportTable? Read(string file, byte[] bytes, List<ImportFileFault> faults)
    {
        if (FileText.Read(bytes) is not { } text)
        {
            faults.Add(new(file, "encoding"));
            return null;
        }

        var number = 0;
        try
        {
            return ImportTable.Of(file, Rows(), faults);
        }
        catch (CsvFormatException)
        {
            faults.Add(new(file, "malformed", PageText.Plain(number + 1)));
            return null;
        }

        IEnumerable<ImportLine> Rows()
        {
            using var reader = CsvReader.FromText(text, new CsvReaderOptions
            {
                Separator = Separator(text), HasHeader = false, SkipEmptyLines = false, MaxRecordSize = ImportLimits.Bytes,
                MalformedData = CsvMalformedDataHandling.Throw,
            });
            while (reader.Read())
                yield return new(++number, [.. Enumerable.Range(0, reader.FieldCount).Select(index => ImportTable.Cell(reader[index].ToString()))]);
        }
    }

    /// <summary>The separator that stands most often in the headings.</summary>
    private static char Separator(string text)
    {
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var headings = end < 0 ? text : text[..end];
        return Separators.MaxBy(separator => headings.Count(letter => letter == separator));
    }
}
