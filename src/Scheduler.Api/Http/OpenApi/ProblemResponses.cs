using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Scheduler.Api;

/// <summary>The refusals of a route in the document: one answer per status, with its codes.</summary>
internal static class ProblemResponses
{
    /// <summary>Name of the schema of problem documents.</summary>
    public const string SchemaName = "Problem";

    /// <summary>Adds an answer for every status with which the route may refuse.</summary>
    public static async Task Add(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(SchemaName) != true)
            document.AddComponent<IOpenApiSchema>(SchemaName, await context.GetOrCreateSchemaAsync(typeof(ProblemView), null, cancellation));
        foreach (var status in Codes(context).Distinct(StringComparer.Ordinal).GroupBy(code => ProblemCodes.Statuses[code]).OrderBy(group => group.Key))
            operation.Responses![status.Key.ToString(CultureInfo.InvariantCulture)] = Response(status.Key, [.. status], document);
    }

    /// <summary>All codes with which a route may refuse.</summary>
    private static IEnumerable<string> Codes(OpenApiOperationTransformerContext context)
    {
        var route = RouteFacts.Of(context.Description);
        string[] always = ["invalid", "bad_message", "not_signed_in", "busy", "unavailable", "internal"];
        string[] changing = route.IsReading ? [] : ["body_too_large", "idempotency_key_reused"];
        string[] conditional = route.IsReading || route.IsMaking ? [] : ["stale"];
        string[] sent = route.Body is null ? [] : ["unsupported_media_type"];
        string[] guarded = route.Policy == Policies.SignedIn ? [] : ["forbidden"];
        string[] named = route.HasId ? ["not_found"] : [];
        return [.. always, .. changing, .. conditional, .. sent, .. guarded, .. named, .. route.Codes];
    }

    private static OpenApiResponse Response(int status, string[] codes, OpenApiDocument document)
    {
        var code = new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. codes.Select(one => (JsonNode)one)] };
        var response = new OpenApiResponse
        {
            Description = $"Refused: {string.Join(", ", codes)}.",
            Content = new Dictionary<string, OpenApiMediaType>
            {
                ["application/problem+json"] = new()
                {
                    Schema = new OpenApiSchema
                    {
                        AllOf =
                        [
                            new OpenApiSchemaReference(SchemaName, document),
                            new OpenApiSchema
                            {
                                Type = JsonSchemaType.Object,
                                Properties = new Dictionary<string, IOpenApiSchema> { ["code"] = code },
                                Required = new HashSet<string> { "code" },
                            },
                        ],
                    },
                },
            },
        };
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
        {
            var seconds = new OpenApiSchema { Type = JsonSchemaType.Integer, Minimum = "1" };
            var header = new OpenApiHeader { Description = "Seconds after which to repeat the call.", Schema = seconds };
            response.Headers = new Dictionary<string, IOpenApiHeader> { ["Retry-After"] = header };
        }

        return response;
    }
}
