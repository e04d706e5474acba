using System.Text.Json.Nodes;
using NodaTime;
using NodaTime.Text;

namespace Scheduler.Tests;

/// <summary>
/// The contract's habit for starts: beside every start that is shown stand <c>localStart</c> and <c>zone</c>, and the three agree. Every answer that a test
/// receives is checked.
/// </summary>
internal static class StartMembers
{
    private static readonly string[] _names = ["start", "nextStart", "preferredStart", "slot"];
    private static readonly LocalDateTimePattern _local = LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm");

    /// <summary>Fails the test when a start of the answer stands alone, or disagrees with its local start.</summary>
    public static void Check(string path, Reply reply)
    {
        // The OpenAPI document has examples of bodies too, and a body names a start in one form only. The instance of a plan is a file of the solver.
        var type = reply.ContentHeaders.ContentType?.MediaType;
        if (reply.Body.Length > 0 && type is "application/json" or "application/problem+json" && !path.StartsWith("/openapi", StringComparison.Ordinal)
            && !path.EndsWith("/instance", StringComparison.Ordinal))
            Faults(reply.Json).ShouldBeEmpty($"{path}: {reply.Text[..Math.Min(reply.Text.Length, 1_000)]}");
    }

    /// <summary>The starts in a value that stand alone or disagree with their local starts, and the local starts without a start.</summary>
    public static IEnumerable<string> Faults(JsonNode? value) => value switch
    {
        // The names under errors are those of fields of the body.
        JsonObject members => members.Where(member => member.Key != "errors").SelectMany(member => Faults(member.Value)).Concat(OfObject(members)),
        JsonArray entries => entries.SelectMany(Faults),
        _ => [],
    };

    private static IEnumerable<string> OfObject(JsonObject members)
    {
        var starts = _names.Where(members.ContainsKey).ToList();
        if (starts.Count != (members.ContainsKey("localStart") ? 1 : 0))
            return [$"has {string.Join(", ", starts)} and {members["localStart"]?.ToString() ?? "no localStart"}"];
        if (starts.Count == 0)
            return [];
        var start = InstantPattern.ExtendedIso.Parse((string)members[starts[0]]!).GetValueOrThrow();
        if ((string?)members["zone"] is not { } zone)
            return [$"{starts[0]} has no zone"];
        var local = _local.Format(start.InZone(DateTimeZoneProviders.Tzdb[zone]).LocalDateTime);
        return local == (string)members["localStart"]! ? [] : [$"{starts[0]} {start} is {local} in {zone}, and not {members["localStart"]}"];
    }
}
