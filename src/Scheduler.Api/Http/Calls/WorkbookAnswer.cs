using System.Data;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

namespace Scheduler.Api;

/// <summary>
/// 200 with a table as a workbook (Office Open XML). Every cell is a text or a number, never a formula, so that no reference of a booking runs anything.
/// </summary>
internal sealed class WorkbookAnswer(string fileName, string sheet, IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<object?>> rows) : IResult
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var table = new DataTable(sheet);
        foreach (var head in heads)
            table.Columns.Add(head, typeof(object));
        foreach (var row in rows)
            table.Rows.Add([.. row]);
        using var body = new MemoryStream();
        await body.SaveAsAsync(
            table, printHeader: true, sheet, ExcelType.XLSX, new OpenXmlConfiguration { TableStyles = TableStyles.None, AutoFilter = false },
            httpContext.RequestAborted);
        httpContext.Response.ContentType = MediaType;
        httpContext.Response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";
        httpContext.Response.ContentLength = body.Length;
        await httpContext.Response.Body.WriteAsync(body.GetBuffer().AsMemory(0, (int)body.Length), httpContext.RequestAborted);
    }
}
