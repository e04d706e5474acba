using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Adds the facts in our metadata to each operation: roles, parameters, headers, refusals, and an example of the request and of the answer.</summary>
internal sealed class OperationTransformer : IOpenApiOperationTransformer
{
    public async Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var route = RouteFacts.Of(context.Description);
        operation.OperationId = OperationId(route);
        operation.Tags = new HashSet<OpenApiTagReference> { new(route.Resource, context.Document) };
        var roles = Policies.Roles(route.Policy!).Select(role => (JsonNode)TextForms.Role.Write(role));
        operation.AddExtension("x-roles", new JsonNodeExtension(new JsonArray([.. roles])));
        operation.Parameters = [.. Parameters(route)];
        await DescribeBody(operation, route, context, cancellationToken);
        await DryRunResponse.Add(operation, route, context, cancellationToken);
        DescribeSuccess(operation, route);
        await ProblemResponses.Add(operation, context, cancellationToken);
    }

    private static string OperationId(RouteFacts route) =>
        route.Method.ToLowerInvariant() + string.Concat(route.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part == "{id}" ? "ById" : string.Concat(part.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))));

    private static IEnumerable<IOpenApiParameter> Parameters(RouteFacts route)
    {
        if (route.HasId)
            yield return Parameter("id", ParameterLocation.Path, true, Id(route));
        foreach (var parameter in route.Query.All)
        {
            var schema = new OpenApiSchema();
            parameter.Form.Describe(schema);
            if (parameter.Default is { } otherwise)
                schema.Default = otherwise;
            yield return Parameter(parameter.Name, ParameterLocation.Query, parameter.IsRequired, schema, parameter.Description);
        }

        if (route.IsReading)
            yield break;
        var key = new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = Limits.IdempotencyKeyCharacters, Pattern = "^[!-~]+$" };
        yield return Parameter("Idempotency-Key", ParameterLocation.Header, false, key, "A repeat with the same key gets the first answer.");
        if (route.IsMaking)
            yield break;
        yield return Parameter(
            "If-Match", ParameterLocation.Header, false, new() { Type = JsonSchemaType.String },
            "An ETag. The call is refused with stale when the subject has another ETag now.");
        var any = new OpenApiSchema { Type = JsonSchemaType.String, Enum = ["*"] };
        yield return Parameter("If-None-Match", ParameterLocation.Header, false, any, "The call is refused with stale when the subject exists already.");
    }

    private static OpenApiParameter Parameter(string name, ParameterLocation place, bool isRequired, OpenApiSchema schema, string? description = null) =>
        new() { Name = name, In = place, Required = isRequired, Schema = schema, Description = description };

    /// <summary>Callers choose the ids of catalogue entries. The server chooses all other ids, as UUIDs.</summary>
    private static OpenApiSchema Id(RouteFacts route)
    {
        var schema = new OpenApiSchema { Type = JsonSchemaType.String };
        if (route.Resource is "pools" or "exams" or "seasons" or "institutions")
            TextForms.Pool.Describe(schema);
        else
            schema.Format = "uuid";
        return schema;
    }

    private static async Task DescribeBody(
        OpenApiOperation operation, RouteFacts route, OpenApiOperationTransformerContext context, CancellationToken cancellation)
    {
        if (operation.RequestBody is not OpenApiRequestBody { Content: { } content } || !content.Remove("*/*", out var body))
            return;
        Exemplify(body, RouteExamples.Of(route));
        content[JsonBytes.MediaType] = body;
        if (route.Method != HttpMethods.Patch || !typeof(IEntryBody).IsAssignableFrom(route.Body))
            return;
        body.Schema = PatchSchema.Of(await context.GetOrCreateSchemaAsync(route.Body!, null, cancellation));
        content[JsonBytes.PatchMediaType] = body;
    }

    /// <summary>One example, or several with a name each: a document may have only one of the two.</summary>
    private static void Exemplify(OpenApiMediaType body, RouteExample? example)
    {
        if (example?.More is not { } more)
        {
            body.Example = example?.Request?.DeepClone();
            return;
        }

        body.Examples = new Dictionary<string, IOpenApiExample> { ["usual"] = new OpenApiExample { Value = example.Request?.DeepClone() } };
        foreach (var (name, request) in more)
            body.Examples[name] = new OpenApiExample { Value = request?.DeepClone() };
    }

    private static void DescribeSuccess(OpenApiOperation operation, RouteFacts route)
    {
        foreach (var (status, answer) in operation.Responses!)
        {
            if (answer is not OpenApiResponse response)
                continue;
            response.Description = status == "204" ? "Done." : "Success.";
            response.Headers = Headers(status, route);
            foreach (var content in response.Content?.Values ?? [])
                content.Example = RouteExamples.Of(route)?.Answer?.DeepClone();
        }
    }

    private static Dictionary<string, IOpenApiHeader> Headers(string status, RouteFacts route)
    {
        var headers = new Dictionary<string, IOpenApiHeader>();
        if (!route.IsReading)
            headers["Idempotency-Replayed"] = Header("true when this answer repeats the first answer to the same key.", JsonSchemaType.Boolean);
        if (status == "201")
            headers["Location"] = Header("The address of the new subject, when the subject has an address.", JsonSchemaType.String);
        if (status != "204" && !route.Query.Contains(QueryParameters.Cursor.Name))
            headers["ETag"] = Header("The version of the subject, when the subject has a version.", JsonSchemaType.String);
        return headers;
    }

    private static OpenApiHeader Header(string description, JsonSchemaType type) =>
        new() { Description = description, Schema = new OpenApiSchema { Type = type } };
}
