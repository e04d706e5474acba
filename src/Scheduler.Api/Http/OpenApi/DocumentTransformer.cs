using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Scheduler.Api;

/// <summary>Adds the parts of the document that are about the API as a whole.</summary>
internal sealed class DocumentTransformer : IOpenApiDocumentTransformer
{
    private const string SecurityScheme = "apiKey";

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new()
        {
            Title = "Scheduler",
            Version = "v1",
            Summary = "Hourly blocks of exam machines for schools.",
            Description = "Every refusal is application/problem+json with a stable code. docs/http-api.md explains each code and what to do.",
            License = new() { Name = "MIT", Identifier = "MIT" },
        };
        document.Servers = [];
        // The framework lists its own names of the groups. The operations have the resources as tags.
        var operations = document.Paths.Values.SelectMany(path => path.Operations!.Values);
        document.Tags = operations.SelectMany(operation => operation.Tags!).Select(tag => tag.Reference.Id).Distinct(StringComparer.Ordinal)
            .Select(name => new OpenApiTag { Name = name }).ToHashSet();
        document.AddComponent<IOpenApiSecurityScheme>(SecurityScheme, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "An API key.",
        });
        document.Security = [new() { [new(SecurityScheme, document)] = [] }];
        return Task.CompletedTask;
    }
}
