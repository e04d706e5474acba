namespace Scheduler.Tests;

/// <summary>The source tree that these tests read. Its root is found from the test program upwards; the output of builds is left out.</summary>
internal static class Repository
{
    private static readonly string[] _skipped =
        ["bin", "obj", ".git", ".vs", ".idea", "data", "artifacts", "TestResults", "BenchmarkDotNet.Artifacts", "node_modules"];

    public static string Root { get; } = Find();

    public static string[] Projects { get; } =
        ["Scheduler.Domain", "Scheduler.Ledger", "Scheduler.Solver", "Scheduler.Grains", "Scheduler.Demo", "Scheduler.Api"];

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

    /// <summary>A source without comments and strings, so that a sentence about a rule does not break the rule.</summary>
    public static string Code(string path) => SourceText.Of(path).Code;

    /// <summary>Asserts that nothing was found, and names everything that was found.</summary>
    public static void ShouldBeNone(this IEnumerable<string> found, string rule)
    {
        var all = found.ToList();
        if (all.Count > 0)
            Assert.Fail($"{rule}\n  {string.Join("\n  ", all)}");
    }

    private static string Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Scheduler.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("Scheduler.sln was not found above the test program.");
    }
}
