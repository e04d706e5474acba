using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Localization;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The fields that a change changed, in the words of the reader. Of something new or gone: every field that has a value.</summary>
internal static class AuditDifference
{
    // What the page says elsewhere, and what follows from another field.
    private static readonly HashSet<string> _hidden =
        ["id", "version", "localStart", "warning", "position", "rank", "candidates", "tier", "blockedBy", "nearest", "seatsAhead", "lastPlan", "link", "key"];

    public static List<AuditField> Of(AuditRow row, PageContext page, PageTime time, IStringLocalizer<AuditTexts> texts)
    {
        if (row.After is CapacitySnapshot after && row.Before is null or EntrySnapshot)
            return AuditCapacity.Fields(row.Before, (CapacitySnapshot)row.After!, time, texts);
        var json = JsonSerializer.SerializeToNode(RecordView.Of(row, page.Catalogue, page.Api.Accounts), ApiJson.Info<RecordView>())!;
        var (old, now) = (Flat(json["before"]), Flat(json["after"]));
        var values = new AuditValues(page, time, texts);
        var isWhole = json["before"] is null || json["after"] is null;
        return
        [
            .. now.Keys.Concat(old.Keys.Where(key => !now.ContainsKey(key)))
                .Where(key => Differs(old.GetValueOrDefault(key), now.GetValueOrDefault(key), isWhole))
                .Select(key => new AuditField(values.Name(key), values.Text(key, old.GetValueOrDefault(key)), values.Text(key, now.GetValueOrDefault(key)))),
        ];
    }

    private static bool Differs(JsonNode? old, JsonNode? now, bool isWhole) =>
        !JsonNode.DeepEquals(old, now) && !(IsEmpty(old) && IsEmpty(now)) && !(isWhole && (old ?? now) is JsonValue value && IsNo(value));

    private static bool IsEmpty(JsonNode? value) => value is null or JsonArray { Count: 0 };

    private static bool IsNo(JsonValue value) => value.GetValueKind() == JsonValueKind.False;

    /// <summary>The values by their places, such as <c>nightlyPlan.days</c>. A list of plain values is one value.</summary>
    private static Dictionary<string, JsonNode?> Flat(JsonNode? state)
    {
        var flat = new Dictionary<string, JsonNode?>();
        Add(flat, "", state);
        return flat;
    }

    private static void Add(Dictionary<string, JsonNode?> flat, string path, JsonNode? node)
    {
        switch (node)
        {
            case JsonObject members:
                foreach (var (name, value) in members.Where(member => !_hidden.Contains(member.Key)))
                    Add(flat, path.Length == 0 ? name : $"{path}.{name}", value);
                break;
            case JsonArray list when list.Any(item => item is JsonObject):
                for (var k = 0; k < list.Count; k++)
                    Add(flat, $"{path}.{k}", list[k]);
                break;
            default:
                if (path.Length > 0)
                    flat[path] = node;
                break;
        }
    }
}
