using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>Names are words that a reader can look up, and every project has one namespace.</summary>
public sealed partial class NamesTests
{
    // Endings that say nothing: everything would fit into such a type.
    private static readonly string[] _emptyEndings =
    [
        "Manager", "Helper", "Helpers", "Util", "Utils", "Common", "Processor", "Engine", "Data", "Info", "Impl", "Base", "Wrapper", "Dto", "Handler", "Item",
        "Service",
    ];

    // Words that only their authors could look up. None may be a part of an identifier.
    private static readonly string[] _goneParts =
    [
        "Door", "Doors", "Doorway", "Gate", "Gates", "Judge", "Judges", "Judged", "Doubt", "Doubts", "Settle", "Settles", "Settled", "Told", "Hear", "Hears",
        "Heard", "Carry", "Carries", "Sight", "Paid", "Trouble", "Troubles", "Warmth", "Claim", "Claims", "Claimed",
    ];

    // Words that say too little alone. None may be the whole name of a type or member. A lock is named after what the lock protects.
    private static readonly string[] _goneNames = ["Words", "Again", "Once", "Waiting", "Thing", "Things", "Sits", "Homes", "_turn"];

    // Parts of identifiers that are terms of the field, or names of the framework.
    private static readonly Dictionary<string, string> _terms = new()
    {
        ["InDoubt"] = "a transaction in doubt is the term of databases for a commit whose outcome is not known",
        ["ClaimTypes"] = "System.Security.Claims",
        ["ClaimsIdentity"] = "System.Security.Claims",
        ["ClaimsPrincipal"] = "System.Security.Claims",
        ["SignInWithClaimsAsync"] = "Microsoft.AspNetCore.Identity",
        ["additionalClaims"] = "a parameter of Microsoft.AspNetCore.Identity",
        ["MapInboundClaims"] = "Microsoft.AspNetCore.Authentication.OpenIdConnect",
        ["ClaimActions"] = "Microsoft.AspNetCore.Authentication.OpenIdConnect",
        ["RequireClaim"] = "Microsoft.AspNetCore.Authorization",
    };

    [Fact]
    public void No_type_or_file_of_src_ends_with_an_empty_word()
    {
        var sources = Repository.Sources().Select(SourceText.Of).ToList();
        var handlers = sources.SelectMany(source => FrameworkHandler().Matches(source.Code).Select(match => match.Groups[1].Value)).ToHashSet();
        var types = sources.SelectMany(source => TypeName().Matches(source.Code).Select(match => (source.Path, Name: match.Groups[1].Value)));
        types.Concat(sources.Select(source => (source.Path, Name: Path.GetFileNameWithoutExtension(source.Path))))
            .Where(type => _emptyEndings.Any(word => type.Name.EndsWith(word, StringComparison.Ordinal)) && !handlers.Contains(type.Name))
            .Select(type => $"{type.Path}: {type.Name}").ShouldBeNone("Names that say nothing:");
    }

    [Theory]
    [InlineData("internal sealed class ApiKeyHandler(IClock clock) : AuthenticationHandler<AuthenticationSchemeOptions>(options)", "ApiKeyHandler")]
    [InlineData("internal sealed class ReachHandler : AuthorizationHandler<ReachRequirement, Institution>", "ReachHandler")]
    [InlineData("internal sealed class ProblemHandler(ILogger log) : IExceptionHandler", "ProblemHandler")]
    [InlineData("internal sealed class BookingHandler : IRequestHandler", "")]
    public void Only_a_type_that_derives_from_a_handler_of_the_framework_may_be_called_one(string declaration, string name) =>
        FrameworkHandler().Match(declaration).Groups[1].Value.ShouldBe(name);

    [Fact]
    public void The_words_that_are_gone_do_not_come_back() => Repository.Sources().Select(SourceText.Of)
        .SelectMany(source => GoneWords(source.Path, source.Code).Select(name => $"{source.Path}: {name}"))
        .ShouldBeNone("A reader cannot look these words up; the glossary and .NET have others:");

    [Theory]
    [InlineData("Doorway.Map(app)", "Doorway")]
    [InlineData("call.Door.Queue(id)", "Door")]
    [InlineData("private bool _isSettled;", "_isSettled")]
    [InlineData("var problem = Judge.Operator(call);", "Judge")]
    [InlineData("if (IsInDoubt(outcome))", "")]
    [InlineData("if (HasDoubt(outcome))", "HasDoubt")]
    [InlineData("keys.Once(stamp)", "Once")]
    [InlineData("settings.CallsAtOnce", "")]
    [InlineData("private readonly Queue<Task> _waiting = [];", "")]
    [InlineData("new Claim(ClaimTypes.Name, name)", "")]
    [InlineData("private readonly Lock _turn = new();", "_turn")]
    [InlineData("delegate(x); investigate(y); insight; shear", "")]
    public void The_rule_about_words_tells_these_apart(string code, string found) =>
        string.Join(" ", GoneWords("src/Scheduler.Api/X.cs", code)).ShouldBe(found);

    [Fact]
    public void A_project_has_one_namespace_whatever_the_folder()
    {
        foreach (var project in Repository.Projects)
        {
            Repository.Sources(project)
                .Where(path => NamespaceLine().Matches(Repository.Code(path)).Select(match => match.Groups[1].Value) is var names
                    && (names.Any(name => name != project) || (!names.Any() && TypeName().IsMatch(Repository.Code(path)))))
                .ShouldBeNone($"Not in namespace {project} alone, file-scoped:");
        }
    }

    private static IEnumerable<string> GoneWords(string path, string code) =>
        Identifier().Matches(code).Select(match => match.Value).Distinct().Where(name => IsGone(path, name));

    private static bool IsGone(string path, string name)
    {
        // ASP.NET Core calls a statement about a user a claim, and only Scheduler.Api uses ASP.NET Core.
        if (name is "Claim" or "Claims" && path.StartsWith("src/Scheduler.Api/", StringComparison.Ordinal))
            return false;
        var rest = _terms.Keys.Aggregate(name, (left, term) => left.Replace(term, "", StringComparison.Ordinal));
        return Part().Matches(rest).Any(part => _goneParts.Contains(part.Value, StringComparer.OrdinalIgnoreCase)) || _goneNames.Contains(name);
    }

    [GeneratedRegex(@"\b(?:class|struct|interface|enum|record(?:\s+(?:class|struct))?)\s+([A-Z]\w*)")]
    private static partial Regex TypeName();

    [GeneratedRegex(@"\bclass\s+(\w+Handler)\b[^{;]*:\s*(?:AuthenticationHandler<|AuthorizationHandler<|IAuthorizationHandler\b|IExceptionHandler\b)")]
    private static partial Regex FrameworkHandler();

    [GeneratedRegex(@"^namespace\s+([\w.]+);?\r?$", RegexOptions.Multiline)]
    private static partial Regex NamespaceLine();

    [GeneratedRegex(@"[A-Za-z_]\w*")]
    private static partial Regex Identifier();

    // A word of an identifier: letters up to the next capital. Letters in a row that are all capitals are one word.
    [GeneratedRegex(@"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")]
    private static partial Regex Part();
}
