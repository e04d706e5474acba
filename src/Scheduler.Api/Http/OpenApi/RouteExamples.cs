using System.Text.Json.Nodes;

namespace Scheduler.Api;

/// <summary>
/// Examples of requests and answers, one file per resource beside its endpoints. A test sends each example to a real server and compares the shape of the
/// answer.
/// </summary>
internal static class RouteExamples
{
    private const string Suffix = ".examples.json";

    private static readonly Lazy<Dictionary<string, RouteExample>> _all = new(Read);

    /// <summary>The example of a route; null when it has none.</summary>
    public static RouteExample? Of(RouteFacts route) => _all.Value.GetValueOrDefault($"{route.Method} {route.Path}");

    private static Dictionary<string, RouteExample> Read()
    {
        var assembly = typeof(RouteExamples).Assembly;
        var examples = new Dictionary<string, RouteExample>(StringComparer.Ordinal);
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.EndsWith(Suffix, StringComparison.Ordinal)))
        {
            using var file = assembly.GetManifestResourceStream(name)!;
            foreach (var (route, example) in JsonNode.Parse(file)!.AsObject())
                examples.Add(route, new((string?)example!["query"], example["request"], example["answer"]) { More = example["more"]?.AsObject() });
        }

        return examples;
    }
}
