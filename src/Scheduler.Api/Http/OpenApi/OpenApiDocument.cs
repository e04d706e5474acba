using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The OpenAPI 3.1 document, made from the table of routes when it is first asked for. Written by hand: the routes are plain delegates that write their own bytes, so there are no types
/// from which a generator could tell bodies and answers.
/// </summary>
internal static class OpenApiDocument
{
    public const string Path = "/openapi/v1.json";

    private static readonly Lazy<byte[]> _bytes = new(() => JsonSerializer.SerializeToUtf8Bytes(Make(), JsonNodeContext.Default.JsonObject));

    public static void MapOpenApi(this IEndpointRouteBuilder endpoints) => endpoints.MapMethods(Path, ["GET", "HEAD"], async http =>
    {
        var bytes = _bytes.Value;
        http.Response.ContentType = AnswerWriter.Json;
        http.Response.ContentLength = bytes.Length;
        await http.Response.BodyWriter.WriteAsync(bytes);
    });

    public static JsonObject Make()
    {
        var schemas = new JsonObject();
        foreach (var (name, shape) in SentSchemas.All().Concat(ShownSchemas.All()))
            schemas[name] = shape;
        var paths = new JsonObject();
        foreach (var path in Routes.All.GroupBy(route => route.Path, StringComparer.Ordinal))
        {
            var operations = new JsonObject();
            if (path.Key.Contains("{id}", StringComparison.Ordinal))
                operations["parameters"] = new JsonArray(Parameter("id", "path", true, path.First().Subject is >= Subject.Booking ? Shapes.Uuid() : Shapes.Id()));
            foreach (var route in path)
                operations[route.Method.ToLowerInvariant()] = Operation(route);
            paths[Door.Path + path.Key] = operations;
        }

        return new()
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "Scheduler",
                ["version"] = "v1",
                ["summary"] = "Hourly blocks of exam machines for schools.",
                ["description"] = "Every refusal is application/problem+json with a stable code; docs/http-api.md tells what each means and what to do.",
                ["license"] = new JsonObject { ["name"] = "MIT", ["identifier"] = "MIT" },
            },
            ["security"] = new JsonArray(new JsonObject { ["bearer"] = new JsonArray() }),
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["securitySchemes"] = new JsonObject
                {
                    ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key." },
                },
                ["schemas"] = schemas,
            },
        };
    }

    private static JsonObject Operation(Route route)
    {
        var operation = new JsonObject
        {
            ["operationId"] = OperationId(route),
            ["summary"] = route.Summary,
            ["tags"] = Shapes.Texts(route.Path.Split('/')[1]),
            ["x-roles"] = Shapes.Texts([.. Enum.GetValues<Role>().Where(route.IsAllowed).Select(Grains.CatalogueView.Text)]),
        };
        var parameters = QueryParameters.Of(route).Concat(Headers(route)).ToArray<JsonNode>();
        if (parameters.Length > 0)
            operation["parameters"] = new JsonArray(parameters);
        if (route.Body is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = !route.BodyMayBeEmpty, ["content"] = Content(AnswerWriter.Json, Shapes.To(body)) };
        }

        operation["responses"] = Answers(route);
        return operation;
    }

    private static JsonObject Answers(Route route)
    {
        var answers = new JsonObject();
        foreach (var status in route.Statuses)
            answers[Text(status)] = Success(route, status);
        foreach (var problem in ProblemCodes.Of(route).Distinct(StringComparer.Ordinal).GroupBy(code => ProblemCodes.Status[code]).OrderBy(group => group.Key))
            answers[Text(problem.Key)] = Problem(problem.Key, [.. problem]);
        return answers;
    }

    private static JsonObject Success(Route route, int status)
    {
        var headers = new JsonObject();
        if (!route.Reads)
            headers["Idempotency-Replayed"] = Header("true when this is the first answer again.", Shapes.Flag());
        if (status == StatusCodes.Status201Created)
            headers["Location"] = Header("Where it stands now, for what has an address of its own.", Shapes.Text());
        if (!route.IsList && status != StatusCodes.Status204NoContent)
            headers["ETag"] = Header("The version, of what has one.", Shapes.Text());
        var answer = new JsonObject { ["description"] = status == StatusCodes.Status204NoContent ? "Done." : "Success." };
        if (headers.Count > 0)
            answer["headers"] = headers;
        if (status != StatusCodes.Status204NoContent && route.Shown is { } result)
            answer["content"] = Content(AnswerWriter.Json, route.IsList ? Page(result) : Shapes.To(result));
        return answer;
    }

    private static JsonObject Problem(int status, string[] codes)
    {
        var answer = new JsonObject
        {
            ["description"] = $"Refused: {string.Join(", ", codes)}.",
            ["content"] = Content(AnswerWriter.Problem, new()
            {
                ["allOf"] = new JsonArray(Shapes.To("Problem"), Shapes.Shown(Shapes.Must("code", Shapes.OneOf(codes)))),
            }),
        };
        if (status is StatusCodes.Status429TooManyRequests or StatusCodes.Status503ServiceUnavailable)
            answer["headers"] = new JsonObject { ["Retry-After"] = Header("Seconds after which to come back.", Shapes.Whole(1)) };
        return answer;
    }

    private static IEnumerable<JsonObject> Headers(Route route)
    {
        if (route.Reads)
            yield break;
        var key = new JsonObject { ["type"] = "string", ["minLength"] = 1, ["maxLength"] = Limits.IdempotencyKeyCharacters, ["pattern"] = "^[!-~]+$" };
        yield return Parameter("Idempotency-Key", "header", false, key);
        yield return Parameter("If-Match", "header", false, Shapes.Told(Shapes.Text(), "An ETag: refused with stale when it is another by now."));
    }

    public static JsonObject Parameter(string name, string place, bool isRequired, JsonObject shape) =>
        new() { ["name"] = name, ["in"] = place, ["required"] = isRequired, ["schema"] = shape };

    private static JsonObject Page(string entry) => Shapes.Shown(
        Shapes.Must("items", Shapes.ListOf(Shapes.To(entry), 0, Limits.PageSize)),
        Shapes.Must("next", Shapes.Told(Shapes.OrNull(Shapes.Text()), "The next page's cursor; null on the last.")));

    private static JsonObject Content(string type, JsonObject shape) => new() { [type] = new JsonObject { ["schema"] = shape } };

    private static JsonObject Header(string description, JsonObject shape) => new() { ["description"] = description, ["schema"] = shape };

    private static string OperationId(Route route) =>
        route.Method.ToLowerInvariant() + string.Concat(route.Path.Split('/', StringSplitOptions.RemoveEmptyEntries)
            .Select(part => part == "{id}" ? "ById" : string.Concat(part.Split('-').Select(word => char.ToUpperInvariant(word[0]) + word[1..]))));

    private static string Text(int status) => status.ToString(CultureInfo.InvariantCulture);
}
