using System.Diagnostics;
using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>What the documents name is there: pictures, files and links.</summary>
public sealed partial class DocumentsTests
{
    private static readonly string[] _first = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"];

    private static IEnumerable<string> Documents => _first.Concat(Repository.Files("docs", "*.md")).Where(Repository.Exists);

    [Fact]
    public async Task The_pictures_are_what_their_script_draws()
    {
        var token = TestContext.Current.CancellationToken;
        Assert.SkipUnless(HasPython(), "python3 is not installed; run docs/images/draw.py --check where it is");
        var start = new ProcessStartInfo("python3", ["docs/images/draw.py", "--check"]) { WorkingDirectory = Repository.Root, RedirectStandardError = true };
        using var check = new Process { StartInfo = start };
        check.Start();
        var fault = await check.StandardError.ReadToEndAsync(token);
        await check.WaitForExitAsync(token);
        check.ExitCode.ShouldBe(0, fault);
    }

    [Fact]
    public void Every_source_that_a_document_names_is_there()
    {
        string[] folders = ["src", "tests", "benchmarks", "docs", "samples"];
        var files = folders.SelectMany(folder => Repository.Files(folder)).Select(path => "/" + path).ToList();
        Documents
            .SelectMany(document => Source().Matches(Repository.Text(document)).Select(match => (Document: document, Name: match.Groups[1].Value)))
            .Where(named => !files.Any(path => path.EndsWith("/" + named.Name, StringComparison.Ordinal)))
            .Select(named => $"{named.Document}: {named.Name}").Distinct().ShouldBeNone("Named, but not there:");
    }

    [Fact]
    public void Every_link_to_a_file_leads_to_one()
    {
        foreach (var document in Documents)
        {
            var folder = Path.GetDirectoryName(document) ?? "";
            Link().Matches(Repository.Text(document)).Select(match => match.Groups[1].Value)
                .Where(target => !target.Contains("://", StringComparison.Ordinal) && !target.StartsWith("mailto:", StringComparison.Ordinal))
                .Where(target => !Path.Exists(Path.GetFullPath(Path.Combine(Repository.Root, folder, target))))
                .ShouldBeNone($"Links of {document} that lead nowhere:");
        }
    }

    private static bool HasPython() =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "python3")));

    // A path in code quotes, such as `Commit/Change.cs`.
    [GeneratedRegex(@"`((?:[\w.-]+/)*[\w.-]+\.(?:cs|csproj|sql|py))`")]
    private static partial Regex Source();

    [GeneratedRegex(@"\]\(([^)#\s]+)(?:#[^)\s]*)?\)")]
    private static partial Regex Link();
}
