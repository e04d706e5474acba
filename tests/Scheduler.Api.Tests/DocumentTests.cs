using System.Reflection;
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
        await using var town = await Town.Open(furnish: false);
        var text = (await town.Caller("nobody").Send("GET", "/openapi/v1.json", null, [])).Text;
        var read = Microsoft.OpenApi.OpenApiDocument.Parse(text, "json");
        read.Diagnostic!.Errors.ShouldBeEmpty();
        read.Diagnostic.SpecificationVersion.ShouldBe(Microsoft.OpenApi.OpenApiSpecVersion.OpenApi3_1);
        foreach (var route in Routes.All)
            read.Document!.Paths[Door.Path + route.Path].Operations!.Keys.Select(method => method.Method).ShouldContain(route.Method, route.Path);
        read.Document!.Paths.Sum(path => path.Value.Operations!.Count).ShouldBe(Routes.All.Count);
    }

    [Fact]
    public void Every_schema_that_a_route_names_is_there_and_none_is_left_over()
    {
        var document = OpenApiDocument.Make();
        var schemas = document["components"]!["schemas"]!.AsObject().Select(schema => schema.Key).ToHashSet();
        var text = document.ToJsonString();
        foreach (var name in Routes.All.SelectMany(route => new[] { route.Body, route.Shown }).OfType<string>())
            schemas.ShouldContain(name);
        foreach (var name in schemas)
            text.ShouldContain($"\"#/components/schemas/{name}\"");
    }

    [Fact]
    public void Every_refusal_code_is_in_the_table_and_documented()
    {
        var rules = typeof(Refusal).GetNestedTypes().Where(type => type.IsSubclassOf(typeof(Refusal))).Select(Code).ToList();
        rules.Count.ShouldBeGreaterThan(20);
        rules.ShouldBeSubsetOf(ProblemCodes.Status.Keys);
        foreach (var (code, status) in ProblemCodes.Status)
            _docs.ShouldContain($"| `{code}` | {status} ");
    }

    [Fact]
    public void Every_limit_is_documented_with_its_value()
    {
        foreach (var limit in typeof(Limits).GetFields(BindingFlags.Public | BindingFlags.Static))
            _docs.ShouldContain($"| `{limit.Name}` | {((int)limit.GetRawConstantValue()!).ToString("#,0", System.Globalization.CultureInfo.InvariantCulture)} |");
    }

    [Fact]
    public void Every_setting_is_documented()
    {
        foreach (var setting in ServeSettings.Names.Append("ConnectionStrings__Ledger").Append("--urls"))
            _docs.ShouldContain($"| `{setting}` |");
    }

    [Fact]
    public void Every_route_is_documented()
    {
        foreach (var route in Routes.All)
            _docs.ShouldContain(route.Path);
    }

    private static string Code(Type refusal)
    {
        var constructor = refusal.GetConstructors().First(one => one.GetParameters() is not [{ ParameterType: var only }] || only != refusal);
        return ((Refusal)constructor.Invoke([.. constructor.GetParameters().Select(parameter => parameter.ParameterType.IsValueType ? Activator.CreateInstance(parameter.ParameterType) : null)])).Code;
    }

    private static string Root()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Scheduler.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests run outside the repository.");
        return folder;
    }
}
