using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>The tree that these tests read: found from the test program upwards, without what builds leave behind.</summary>
internal static partial class Repository
{
    private static readonly string[] _skipped = ["bin", "obj", ".git", ".vs", ".idea", "data", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules"];

    public static string Root { get; } = Find();

    public static string[] Projects { get; } = ["Scheduler.Domain", "Scheduler.Ledger", "Scheduler.Solver", "Scheduler.Grains", "Scheduler.Api"];

    /// <summary>Paths of all files under a folder, with forward slashes, from the root.</summary>
    public static IEnumerable<string> Files(string under, string pattern = "*")
    {
        var folder = Path.Combine(Root, under);
        if (!Directory.Exists(folder))
            yield break;
        foreach (var file in Directory.EnumerateFiles(folder, pattern).Order(StringComparer.Ordinal))
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        foreach (var inner in Directory.EnumerateDirectories(folder).Order(StringComparer.Ordinal))
        {
            if (_skipped.Contains(Path.GetFileName(inner)))
                continue;
            foreach (var file in Files(Path.GetRelativePath(Root, inner), pattern))
                yield return file;
        }
    }

    public static IEnumerable<string> Sources(string project = "") => Files(Path.Combine("src", project), "*.cs");

    public static string Text(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => File.Exists(Path.Combine(Root, path));

    /// <summary>A source without comments and with empty strings, lines kept, so that a rule about code is not broken by a sentence about it.</summary>
    public static string Code(string path) => CommentsAndStrings().Replace(Text(path), match =>
        match.Value[0] == '/' ? new string('\n', match.Value.Count(c => c == '\n')) : "\"\"" + new string('\n', match.Value.Count(c => c == '\n')));

    /// <summary>Asserts that nothing was found, and names all that was.</summary>
    public static void ShouldBeNone(this IEnumerable<string> found, string rule)
    {
        var all = found.ToList();
        if (all.Count > 0)
            Assert.Fail($"{rule}\n  {string.Join("\n  ", all)}");
    }

    // Raw strings first, then verbatim, then plain ones (interpolated or not), character literals of a quote, and both kinds of comment.
    [GeneratedRegex("""
        \$*"{3,}[\s\S]*?"{3,}|\$?@\$?"(?:[^"]|"")*"|\$?"(?:\\.|[^"\\\n])*"|'(?:"|\\"|/)'|//[^\n]*|/\*[\s\S]*?\*/
        """)]
    private static partial Regex CommentsAndStrings();

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Scheduler.sln was not found above the test program.");
    }
}
