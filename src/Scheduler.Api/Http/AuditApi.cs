using System.Text.Json;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The record (R15), the notices that an institution pulls (R13), and who the caller is.</summary>
internal static class AuditApi
{
    public static async ValueTask<Answer> Audit(Call call)
    {
        var query = new Query(call.Http.Request);
        var subject = query.TextOrNone("subject");
        var (from, to) = (query.InstantOrNone("from"), query.InstantOrNone("to"));
        var (cursor, limit) = query.Paging();
        if (query.Problem() is { } bad)
            return bad;
        var page = await call.Door.Ledger.Read.Audit(new()
        {
            Subject = subject,
            From = from,
            To = to,
            Institutions = call.IsOperator ? null : [.. call.Reach().Select(institution => institution.Value.Id)],
            Cursor = cursor,
            Limit = limit,
        });
        return page is null ? Query.BadCursor() : Call.Page(page, Write);
    }

    public static ValueTask<Answer> Notices(Call call) => call.PageOfInstitution(call.Door.Ledger.Read.Notices, (writer, _, notice) => Write(writer, notice));

    public static ValueTask<Answer> Me(Call call)
    {
        if (new Query(call.Http.Request).Problem() is { } bad)
            return new(bad);
        return new(Call.Ok(writer =>
        {
            writer.WriteString("role", CatalogueView.Text(call.Who.Role));
            writer.WriteString("institution", call.Who.Institution?.Text);
            writer.WriteString("name", call.Who.Name);
        }));
    }

    private static void Write(Utf8JsonWriter writer, AuditRow row)
    {
        writer.WriteString("id", row.Id);
        writer.WriteString("who", row.Who);
        writer.WriteString("when", JsonText.Text(row.At));
        writer.WriteString("what", row.Kind);
        writer.WriteString("subject", row.Subject);
        writer.WriteString("institution", row.Institution?.Text);
        Write(writer, "before", row.Before);
        Write(writer, "after", row.After);
        writer.WriteString("why", row.Why);
    }

    private static void Write(Utf8JsonWriter writer, string name, string? json)
    {
        writer.WritePropertyName(name);
        if (json is null)
            writer.WriteNullValue();
        else
            writer.WriteRawValue(json, skipInputValidation: true);
    }
}
