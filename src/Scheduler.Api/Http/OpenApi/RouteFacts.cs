using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Scheduler.Api;

/// <summary>The facts about a route in the metadata of its endpoint. The OpenAPI document and the tests read routes through this record.</summary>
internal sealed record RouteFacts
{
    /// <summary>GET, POST, PUT, PATCH or DELETE.</summary>
    public required string Method { get; init; }

    /// <summary>The path under the base path.</summary>
    public required string Path { get; init; }

    /// <summary>The authorization policy; null when the route has none.</summary>
    public required string? Policy { get; init; }

    public required string? Summary { get; init; }

    /// <summary>The type of the body; null for none.</summary>
    public required Type? Body { get; init; }

    public required QueryParameters Query { get; init; }

    /// <summary>The codes that the route declares; null when it declares none.</summary>
    public required RefusalCodes? Refusals { get; init; }

    public IReadOnlyList<string> Codes => Refusals?.All ?? [];

    public bool IsReading => Method == HttpMethods.Get;

    /// <summary>Whether each call makes a new subject.</summary>
    public required bool IsMaking { get; init; }

    public bool HasId => Path.Contains("{id}", StringComparison.Ordinal);

    /// <summary>The first part of the path: the resource.</summary>
    public string Resource => Path.Split('/')[1];

    public static RouteFacts Of(ApiDescription description) =>
        Of(description.HttpMethod!, $"/{description.RelativePath}", description.ActionDescriptor.EndpointMetadata);

    /// <summary>The facts of an endpoint of the API.</summary>
    public static RouteFacts Of(RouteEndpoint endpoint) =>
        Of(endpoint.Metadata.GetRequiredMetadata<IHttpMethodMetadata>().HttpMethods[0], endpoint.RoutePattern.RawText!, [.. endpoint.Metadata]);

    private static RouteFacts Of(string method, string path, IList<object> metadata) => new()
    {
        Method = method,
        Path = path[ApiSetup.BasePath.Length..],
        Policy = metadata.OfType<IAuthorizeData>().LastOrDefault()?.Policy,
        Summary = metadata.OfType<IEndpointSummaryMetadata>().LastOrDefault()?.Summary,
        Body = metadata.OfType<IAcceptsMetadata>().LastOrDefault()?.RequestType,
        Query = metadata.OfType<QueryParameters>().LastOrDefault() ?? QueryParameters.None,
        IsMaking = metadata.OfType<MakesSubject>().Any(),
        Refusals = metadata.OfType<RefusalCodes>().LastOrDefault(),
    };
}
