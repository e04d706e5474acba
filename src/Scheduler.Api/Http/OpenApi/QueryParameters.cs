using System.Text.Json.Nodes;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What a route takes in its query: the same name means the same everywhere.</summary>
internal static class QueryParameters
{
    /// <summary>Parameters of a route; those with a <c>!</c> in the table must be given.</summary>
    public static IEnumerable<JsonObject> Of(Route route) => route.Query.Select(
        name => OpenApiDocument.Parameter(name.TrimEnd('!'), "query", name.EndsWith('!'), Shape(name.TrimEnd('!'))));

    private static JsonObject Shape(string name) => name switch
    {
        "pool" => Shapes.Id(),
        "institution" => Shapes.Told(Shapes.Id(), "Whose lead time counts; by default the caller's own."),
        "from" => Shapes.Instant(),
        "to" => Shapes.Told(Shapes.Instant(), "Not included."),
        "force" => Shapes.Flag(),
        "reason" => Shapes.Reason(),
        "status" => Shapes.OneOf("confirmed", "cancelled"),
        "subject" => Shapes.Told(Shapes.Text(), "The id of what was changed."),
        "limit" => Shapes.Otherwise(Shapes.Whole(1, Limits.PageSize), Limits.DefaultPageSize),
        "cursor" => Shapes.Told(Shapes.Text(), "The next of the page before."),
        _ => throw new InvalidOperationException($"The query parameter {name} is in the table of routes and not described."),
    };
}
