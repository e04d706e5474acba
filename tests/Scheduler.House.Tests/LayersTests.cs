using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>
/// Below Scheduler.Api nothing knows a status code, a URL, a problem document, JSON for callers or a sentence for people: answers are types in the domain's
/// words, and Scheduler.Api alone turns them into HTTP.
/// </summary>
public sealed partial class LayersTests
{
    // Namespaces and types of HTTP, by their beginning.
    private static readonly string[] _http =
    [
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Mvc", "Microsoft.AspNetCore.Routing", "Microsoft.AspNetCore.Builder",
        "Microsoft.AspNetCore.Diagnostics", "Microsoft.AspNetCore.Authentication", "Microsoft.AspNetCore.Authorization", "System.Net.Http",
        "System.Net.HttpStatusCode", "System.Security.Claims",
    ];

    // Where JSON is a form of storage or of a file, or how silos talk: no caller of the API sees it.
    private static readonly Dictionary<string, string> _json = new()
    {
        ["src/Scheduler.Ledger/Forms/"] = "the storage form of snapshots and catalogue entries",
        ["src/Scheduler.Ledger/Check/"] = "check reads the stored forms with code of its own",
        ["src/Scheduler.Grains/Contracts/WireJson.cs"] = "values of Domain and Ledger between silos",
        ["src/Scheduler.Solver/"] = "the instance file and the plan file",
    };

    // Sentences that no caller of the API sees.
    private static readonly Dictionary<string, string> _sentences = new()
    {
        ["src/Scheduler.Ledger/Check/"] = "findings of the command check, for the person who runs it",
        ["src/Scheduler.Ledger/Store/Reconnection.cs"] = "reasons that the log gets",
        ["src/Scheduler.Solver/"] = "faults in an instance file, for the person who wrote the file",
    };

    public static TheoryData<string> ProjectsBelow() => [.. Below];

    private static IEnumerable<string> Below => Repository.Projects.Where(project => project != "Scheduler.Api");

    [Fact]
    public void Nothing_below_Api_knows_status_codes_or_URLs() => Sources().SelectMany(Http).ShouldBeNone("Only Scheduler.Api knows HTTP:");

    [Fact]
    public void Nothing_below_Api_writes_JSON_for_callers() => Sources().Where(source => !IsIn(source.Path, _json))
        .SelectMany(source => Json().Matches(source.Code).Select(match => Found(source, match.Index, match.Value)))
        .ShouldBeNone("Only Scheduler.Api writes JSON for callers:");

    [Fact]
    public void Nothing_below_Api_has_a_sentence_for_people() => Sources().Where(source => !IsIn(source.Path, _sentences)).SelectMany(Sentences)
        .ShouldBeNone("Only Scheduler.Api has sentences for people; log lines and messages of exceptions are for developers:");

    [Theory]
    [MemberData(nameof(ProjectsBelow))]
    public void What_the_compiler_saw_has_no_type_of_HTTP(string project)
    {
        using var image = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, project + ".dll")));
        var metadata = image.GetMetadataReader();
        metadata.TypeReferences.Select(metadata.GetTypeReference).Select(type => $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}")
            .Where(name => _http.Any(start => name.StartsWith(start, StringComparison.Ordinal))).Distinct().ShouldBeNone($"{project} must not use:");
    }

    /// <summary>Each line stood below Scheduler.Api before answers were types.</summary>
    [Theory]
    [InlineData("""return new Answer(404, body);""")]
    [InlineData("""public static int Of(Refusal why) => StatusCodes.Status409Conflict;""")]
    [InlineData("""var detail = $"'{r.Exam}' is not in the catalogue; GET /api/v1/exams lists it";""")]
    [InlineData("""writer.WriteString("type", "urn:scheduler:slot_full");""")]
    [InlineData("""public const string Type = "application/problem+json";""")]
    public void The_rule_about_HTTP_finds(string line) => Http(new("X.cs", line)).ShouldNotBeEmpty();

    [Theory]
    [InlineData("""Refusal.SittingBegun => Of("The sitting has begun."),""", true)]
    [InlineData("""Refusal.CutoffPassed r => $"Moving needs {r.DaysNeeded} days; {r.DaysGiven} are left.",""", true)]
    [InlineData("""throw new ArgumentException("The id is not a slug.", nameof(id));""", false)]
    [InlineData("""log.LogWarning(fault, "A round of pool {Pool} did not reach every entry.", pool);""", false)]
    [InlineData("""[LoggerMessage(1, LogLevel.Warning, "A round did not reach every entry.")]""", false)]
    [InlineData("""return new CommitOutcome.Unavailable("The ledger is closed.");""", false)]
    [InlineData("""var text = "select id from bookings";""", false)]
    public void The_rule_about_sentences_tells_these_apart(string line, bool isSentence) => Sentences(new("X.cs", line)).Any().ShouldBe(isSentence);

    private static IEnumerable<SourceText> Sources() => Below.SelectMany(project => Repository.Sources(project)).Select(SourceText.Of);

    private static bool IsIn(string path, Dictionary<string, string> places) => places.Keys.Any(place => path.StartsWith(place, StringComparison.Ordinal));

    private static IEnumerable<string> Http(SourceText source) =>
        StatusCode().Matches(source.Code).Where(match => !IsSize(source, match.Value)).Select(match => Found(source, match.Index, match.Value))
            .Concat(source.Literals.Where(literal => Url().IsMatch(literal.Body)).Select(literal => Found(source, literal.Index, literal.Body)));

    /// <summary>In the solver and in the demonstration a number is a size; neither makes an answer.</summary>
    private static bool IsSize(SourceText source, string number) =>
        char.IsDigit(number[0]) && (source.Path.StartsWith("src/Scheduler.Solver/", StringComparison.Ordinal)
            || source.Path.StartsWith("src/Scheduler.Demo/", StringComparison.Ordinal));

    private static IEnumerable<string> Sentences(SourceText source) => source.Literals
        .Where(literal => Sentence().IsMatch(literal.Body) && !ForTheLog().IsMatch(source.StatementBefore(literal.Index)))
        .Select(literal => Found(source, literal.Index, literal.Body));

    private static string Found(SourceText source, int index, string text) => $"{source.Path}:{source.Line(index)}: {text.ReplaceLineEndings(" ")}";

    // Names of status codes, and the numbers that are nothing but status codes (200 and 500 are also sizes).
    [GeneratedRegex(
        @"\bStatus(?:Codes?|\d{3}\w*)\b|\bHttpStatusCode\b|\bProblemDetails\b|\b(?:201|204|304|400|401|403|404|405|409|410|412|413|415|422|428|429|502|503)\b")]
    private static partial Regex StatusCode();

    [GeneratedRegex(@"/api/|/health/|/openapi|urn:scheduler|problem\+json|application/json")]
    private static partial Regex Url();

    [GeneratedRegex(@"\b(?:Utf8JsonWriter|JsonSerializer|JsonNode|JsonDocument|JsonObject)\b")]
    private static partial Regex Json();

    // A capital at the beginning, a full stop at the end, words between.
    [GeneratedRegex(@"^[A-Z'{][^\n]*[a-z}] [^\n]*[a-z][^\n]*[.!?]$")]
    private static partial Regex Sentence();

    // Logs, exceptions, and the reason in a commit's outcome, which is logged.
    [GeneratedRegex(@"\bLog[A-Z]\w*\(|\bLoggerMessage\(|Exception\b|\bthrow\b|\bUnavailable\(|\bUnknown\(")]
    private static partial Regex ForTheLog();
}
