using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>Compares two JSON documents. Numbers may differ by a millionth: the last digits of a plan depend on the processor.</summary>
internal static class JsonLikeness
{
    private const double Tolerance = 1e-6;

    public static bool IsLike(JsonNode? one, JsonNode? other) => (one, other) switch
    {
        (JsonObject a, JsonObject b) => a.Count == b.Count && a.All(pair => b.TryGetPropertyValue(pair.Key, out var value) && IsLike(pair.Value, value)),
        (JsonArray a, JsonArray b) => a.Count == b.Count && a.Zip(b).All(pair => IsLike(pair.First, pair.Second)),
        (JsonValue a, JsonValue b) when a.GetValueKind() == JsonValueKind.Number && b.GetValueKind() == JsonValueKind.Number =>
            Math.Abs(Number(a) - Number(b)) <= Tolerance * Math.Max(1, Math.Abs(Number(b))),
        _ => JsonNode.DeepEquals(one, other),
    };

    private static double Number(JsonValue value) => double.Parse(value.ToJsonString(), CultureInfo.InvariantCulture);
}
