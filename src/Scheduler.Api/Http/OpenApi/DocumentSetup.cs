using System.Text.Json.Serialization.Metadata;

namespace Scheduler.Api;

/// <summary>The OpenAPI 3.1 document. The framework makes the document from the endpoints and their types, and the transformers add to it.</summary>
internal static class DocumentSetup
{
    /// <summary>The name of the only document.</summary>
    public const string Name = "v1";

    public static void AddSchedulerDocument(this IServiceCollection services) => services.AddOpenApi(Name, options =>
    {
        options.CreateSchemaReferenceId = SchemaName;
        // HEAD is left out: it is GET without the body.
        options.ShouldInclude = description =>
            description.HttpMethod != HttpMethods.Head && description.RelativePath!.StartsWith(ApiSetup.BasePath[1..], StringComparison.Ordinal);
        options.AddSchemaTransformer<SchemaTransformer>();
        options.AddOperationTransformer<OperationTransformer>();
        options.AddDocumentTransformer<DocumentTransformer>();
    });

    /// <summary>Maps the document. The framework answers another name of a document with plain text, so the filter refuses other names.</summary>
    public static void MapSchedulerDocument(this IEndpointRouteBuilder endpoints) => endpoints.MapOpenApi("/openapi/{documentName}.json")
        .AddEndpointFilter(static async (call, next) =>
            call.HttpContext.GetRouteValue("documentName") is Name ? await next(call) : ApiProblem.NoSuchAddress())
        .AllowAnonymous();

    /// <summary>Only objects have named schemas. The schema of a value is written where the value is used.</summary>
    private static string? SchemaName(JsonTypeInfo type) => type.Kind != JsonTypeInfoKind.Object ? null
        : type.Type == typeof(ProblemView) ? ProblemResponses.SchemaName
        : type.Type.IsGenericType ? type.Type.GetGenericArguments()[0].Name.Replace("View", "Page", StringComparison.Ordinal)
        : type.Type.Name;
}
