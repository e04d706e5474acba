using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Scheduler.Api;

/// <summary>The answer of a dry run in the document, beside the answer of the change itself.</summary>
internal static class DryRunResponse
{
    private const string SchemaName = nameof(DryRunView);
    private const string Success = "200";

    /// <summary>Adds the answer to every route that can be tried first.</summary>
    public static async Task Add(OpenApiOperation operation, RouteFacts route, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (!route.Query.Contains(QueryParameters.DryRun.Name))
            return;
        var document = context.Document!;
        if (document.Components?.Schemas?.ContainsKey(SchemaName) != true)
            document.AddComponent<IOpenApiSchema>(SchemaName, await context.GetOrCreateSchemaAsync(typeof(DryRunView), null, cancellation));
        var tried = new OpenApiSchemaReference(SchemaName, document);
        if (operation.Responses!.TryGetValue(Success, out var known) && known.Content is { } contents
            && contents.TryGetValue(JsonBytes.MediaType, out var content))
        {
            content.Schema = new OpenApiSchema { OneOf = [content.Schema!, tried] };
            return;
        }

        operation.Responses[Success] = new OpenApiResponse
        {
            Content = new Dictionary<string, OpenApiMediaType> { [JsonBytes.MediaType] = new() { Schema = tried } },
        };
    }
}
