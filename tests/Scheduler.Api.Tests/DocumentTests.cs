using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Scheduler.Api;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>What is said of the API is true of it: the OpenAPI document, and docs/http-api.md.</summary>
public sealed class DocumentTests
{
    private static readonly string _docs = File.ReadAllText(Path.Combine(Root(), "docs", "http-api.md"));

    [Fact]
    public async Task The_document_is_valid_OpenAPI_3_1_and_has_every_route()
    {
        await using var api = await TestApi.Open(furnish: false);
        var text = (await api.Caller("nobody").Get("/openapi/v1.json")).Must(200).Text;
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(text, "json");
        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
        foreach (var route in ApiRoute.All)
            read.Document!.Paths[ApiSetup.BasePath + route.Path].Operations!.Keys.Select(method => method.Method).ShouldContain(route.Method, route.Path);
        read.Document!.Paths.Sum(path => path.Value.Operations!.Count).ShouldBe(ApiRoute.All.Count);
    }

    [Fact]
    public async Task Every_schema_that_a_route_names_is_there_and_none_is_left_over()
    {
        await using var api = await TestApi.Open(furnish: false);
        var document = (await api.Operator.Get("/openapi/v1.json")).Must(200).Json;
        var schemas = document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).ToHashSet();
        var text = document.ToJsonString();
        foreach (var name in ApiRoute.All.Select(route => route.Facts.Body?.Name).OfType<string>())
            schemas.ShouldContain(name);
        foreach (Match reference in Regex.Matches(text, "\"#/components/schemas/([^\"]+)\""))
            schemas.ShouldContain(reference.Groups[1].Value);
        foreach (var name in schemas)
            text.ShouldContain($"\"#/components/schemas/{name}\"");
    }

    [Fact]
    public async Task The_documents_tags_are_those_of_its_operations()
    {
        await using var api = await TestApi.Open(furnish: false);
        var document = (await api.Operator.Get("/openapi/v1.json")).Must(200).Json;
        var used = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).SelectMany(operation => operation.Value!["tags"]!.AsArray());
        document["tags"]!.AsArray().Select(tag => (string?)tag!["name"]).ShouldBe(used.Select(tag => (string?)tag).Distinct(), ignoreOrder: true);
    }

    [Fact]
    public async Task Every_operation_tells_roles_refusals_and_an_example()
    {
        await using var api = await TestApi.Open(furnish: false);
        var document = (await api.Operator.Get("/openapi/v1.json")).Must(200).Json;
        foreach (var route in ApiRoute.All)
        {
            var operation = document["paths"]![ApiSetup.BasePath + route.Path]![route.Method.ToLowerInvariant()]!;
            operation["x-roles"]!.AsArray().Select(role => (string)role!).Order().ShouldBe(
                Enum.GetValues<Role>().Where(route.IsAllowed).Select(role => role.ToString().ToLowerInvariant()).Order(), route.ToString());
            ((string?)operation["summary"]).ShouldNotBeNullOrWhiteSpace(route.ToString());
            var answers = operation["responses"]!.AsObject();
            string[] done = ["200", "201", "202", "204"];
            answers.Select(answer => answer.Key).ShouldBeSubsetOf([.. ProblemCodes.Statuses.Values.Select(status => $"{status}"), .. done]);
            foreach (var code in route.Facts.Codes)
                answers[$"{ProblemCodes.Statuses[code]}"]!.ToJsonString().ShouldContain($"\"{code}\"");
            foreach (var content in answers.Where(answer => answer.Key[0] == '2' && answer.Value!["content"] is not null))
                content.Value!["content"]!.AsObject().ShouldAllBe(type => type.Value!["example"] != null, route.ToString());
            if (route.Body is not null)
            {
                var body = operation["requestBody"]!["content"]!["application/json"]!;
                (body["example"] ?? body["examples"]).ShouldNotBeNull(route.ToString());
            }
        }
    }

    /// <summary>The reference is a page with scripts: they come from this server, and the page may talk to nobody else.</summary>
    [Fact]
    public async Task The_reference_page_loads_nothing_from_another_host()
    {
        await using var api = await TestApi.Open(furnish: false);
        var nobody = api.Caller("nobody");
        var page = (await nobody.Get("/docs/api/")).Must(200);
        page.ContentHeaders.ContentType!.MediaType.ShouldBe("text/html");
        page.Text.ShouldContain("<html lang=\"en\">");
        page.Text.ShouldNotContain("//");
        var policy = page.Header("Content-Security-Policy").ShouldNotBeNull();
        policy.ShouldContain("default-src 'none'");
        policy.ShouldContain("connect-src 'self'");
        policy.ShouldNotContain("http");
        policy.ShouldNotContain("*");
        foreach (Match script in Regex.Matches(page.Text, "src=\"([^\"]+)\""))
            (await nobody.Get($"/docs/api/{script.Groups[1].Value}")).Must(200).ContentHeaders.ContentType!.MediaType.ShouldBe("text/javascript");
    }

    [Fact]
    public void Every_refusal_code_is_in_the_table_and_documented()
    {
        var rules = typeof(Refusal).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Refusal))).Select(Code).ToList();
        rules.Count.ShouldBeGreaterThan(20);
        rules.ShouldBeSubsetOf(ProblemCodes.Statuses.Keys);
        foreach (var (code, status) in ProblemCodes.Statuses)
            _docs.ShouldContain($"| `{code}` | {status} ");
    }

    [Fact]
    public void Every_limit_is_documented_with_its_value()
    {
        var limits = typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static).Select(limit => (limit.Name, limit))
            .Concat(typeof(ImportLimits).GetFields().Select(limit => ($"ImportLimits.{limit.Name}", limit)));
        foreach (var (name, limit) in limits)
            _docs.ShouldContain(string.Create(CultureInfo.InvariantCulture, $"| `{name}` | {(int)limit.GetRawConstantValue()!:#,0} |"));
    }

    [Fact]
    public void Every_setting_is_documented()
    {
        var operations = File.ReadAllText(Path.Combine(Root(), "docs", "operations.md"));
        foreach (var setting in SettingNames.All.Append("ConnectionStrings__Ledger").Append("--urls"))
            operations.ShouldContain($"| `{setting}` |");
    }

    [Fact]
    public void Every_route_is_documented()
    {
        foreach (var route in ApiRoute.All)
            _docs.ShouldContain(route.Path);
    }

    private static string Code(Type refusal)
    {
        var constructor = refusal.GetConstructors().First(one => one.GetParameters() is not [{ ParameterType: var only }] || only != refusal);
        return ((Refusal)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType.IsValueType
            ? Activator.CreateInstance(parameter.ParameterType)
            : null)])).Code;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Scheduler.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
