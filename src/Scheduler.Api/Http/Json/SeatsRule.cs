using System.Text.Json;

namespace Scheduler.Api;

/// <summary>
/// All groups of candidates together have at most as many candidates as the body has seats. The check runs together with the other checks of the body, so that
/// the caller sees all faults at once.
/// </summary>
internal static class SeatsRule
{
    public static void Check(JsonElement groups, JsonElement owner, string path, FieldFaults faults)
    {
        if (groups.ValueKind != JsonValueKind.Array || Number(owner, "seats") is not { } seats)
            return;
        var candidates = 0L;
        foreach (var group in groups.EnumerateArray())
            candidates += Number(group, "candidates") ?? 0;
        if (candidates > seats)
            faults.Add(path, $"must have no more candidates than seats, {seats}; together they have {candidates}");
    }

    private static int? Number(JsonElement element, string name)
    {
        if (element.ValueKind != JsonValueKind.Object)
            return null;
        foreach (var member in element.EnumerateObject())
        {
            if (member.NameOrNull() == name)
                return member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out var number) ? number : null;
        }

        return null;
    }
}
