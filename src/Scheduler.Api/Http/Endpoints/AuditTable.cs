using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The audit as a table for a spreadsheet, the newest change first. The states before and after are JSON, as in the list.</summary>
internal static class AuditTable
{
    private static readonly string[] _heads = ["when", "who", "what", "subject", "institution", "why", "before", "after", "id"];

    public static async Task<IResult> Read(Query query, AuditQuery filter)
    {
        var rows = new List<IReadOnlyList<string>>();
        string? cursor = null;
        do
        {
            var part = filter with { Cursor = cursor, Limit = Math.Min(Limits.PageSize, Limits.AuditTable - rows.Count) };
            var page = (await query.Api.Ledger.Read.Audit(part, query.Cancellation))!;
            rows.AddRange(page.Entries.Select(row => Row(RecordView.Of(row, query.Catalogue, query.Api.Accounts))));
            cursor = page.Next;
        }
        while (cursor is not null && rows.Count < Limits.AuditTable);
        return new CsvAnswer("audit.csv", _heads, rows);
    }

    private static string[] Row(RecordView record)
    {
        var json = JsonSerializer.SerializeToNode(record, ApiJson.Info<RecordView>())!;
        return
        [
            TextForms.Instant.Write(record.When), record.Who, record.What, record.Subject, record.Institution?.Text ?? "", record.Why ?? "",
            Text(json["before"]), Text(json["after"]), record.Id,
        ];
    }

    private static string Text(JsonNode? state) => state?.ToJsonString(ApiJson.Rules) ?? "";
}
