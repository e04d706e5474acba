using System.Text.Json.Nodes;

namespace Scheduler.Api;

/// <summary>An example of one route.</summary>
/// <param name="Query">The query string without its question mark; null for none.</param>
/// <param name="Request">The body; null for none.</param>
/// <param name="Answer">The body of a successful answer; null for 204.</param>
internal sealed record RouteExample(string? Query, JsonNode? Request, JsonNode? Answer)
{
    /// <summary>Further bodies by name, for a route that is called in more than one way; null for none.</summary>
    public JsonObject? More { get; init; }
}
