using System.Text;

namespace Scheduler.Api;

/// <summary>
/// 200 with a table as CSV (RFC 4180), to be opened in a spreadsheet. A text that a spreadsheet would take for a formula gets an apostrophe in front, so that
/// no name of a programme runs anything. A byte order mark comes first, because spreadsheets take a file without one for another encoding.
/// </summary>
internal sealed class CsvAnswer(string fileName, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string>> rows) : IResult
{
    public const string MediaType = "text/csv";

    private const string FormulaStarts = "=+-@\t\r";

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var text = new StringBuilder();
        Append(text, heads);
        foreach (var row in rows)
            Append(text, row);
        byte[] body = [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
        httpContext.Response.ContentType = $"{MediaType}; charset=utf-8; header=present";
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        httpContext.Response.ContentLength = body.Length;
        return httpContext.Response.Body.WriteAsync(body, 0, body.Length, httpContext.RequestAborted);
    }

    /// <summary>A text as a cell.</summary>
    public static string Cell(string text)
    {
        var safe = text.Length > 0 && FormulaStarts.Contains(text[0], StringComparison.Ordinal) ? $"'{text}" : text;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static void Append(StringBuilder text, IReadOnlyList<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");
}
