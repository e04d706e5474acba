using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>Rules of the project that no compiler checks. An exception is named here with its reason.</summary>
public sealed partial class HouseRulesTests
{
    // Shared by a whole silo and called from many threads. Grains themselves never lock.
    private static readonly string[] _siloWide = ["CatalogueCopy.cs", "WaitlistIndex.cs", "WaitlistRounds.cs", "LapsedHolds.cs"];

    // A synchronous Dispose that waits for the end of threads of its own.
    private static readonly string[] _joins = ["PostgresFeed.cs"];

    // Pure computations of plans, which take long. The file says what they may touch.
    private static readonly string[] _besideGrains = ["BesideGrains.cs"];

    [Fact]
    public void Nothing_blocks_a_thread_on_a_task() =>
        Lines(Repository.Sources().Where(path => !_joins.Contains(Path.GetFileName(path))), Blocking())
            .Where(found => !found.Contains("IsCompletedSuccessfully", StringComparison.Ordinal))
            .ShouldBeNone("Await the task, or check IsCompletedSuccessfully on the same line:");

    [Fact]
    public void Grains_start_no_threads_and_lock_nothing()
    {
        Lines(Repository.Sources("Scheduler.Grains").Where(path => !_besideGrains.Contains(Path.GetFileName(path))), Threads())
            .ShouldBeNone("Threads in grains:");
        Lines(Repository.Sources("Scheduler.Grains").Where(path => !_siloWide.Contains(Path.GetFileName(path))), Locks()).ShouldBeNone("Locks in grains:");
        typeof(Grains.CommandResult<>).Assembly.GetTypes()
            .Where(type => type.Namespace == "Scheduler.Grains" && !type.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false))
            .Select(field => $"{field.DeclaringType!.Name}.{field.Name}").ShouldBeNone("Static fields that change, in grains:");
    }

    [Fact]
    public void No_exception_is_swallowed() => Repository.Sources()
        .SelectMany(path => EmptyCatch().Matches(Repository.Code(path)).Select(match => $"{path}: {match.Value.ReplaceLineEndings(" ")}"))
        .ShouldBeNone("A catch block does something; only a cancelled wait may be ignored:");

    [Fact]
    public void No_source_is_marked_as_unfinished() =>
        new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.cs"))
            .Where(path => !path.EndsWith("HouseRulesTests.cs", StringComparison.Ordinal))
            .SelectMany(path => Later().Matches(Repository.Text(path)).Select(match => $"{path}: {match.Value}"))
            .ShouldBeNone("Finish it, or file an issue:");

    [Fact]
    public void No_plan_or_scratch_file_is_left()
    {
        string[] expected = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "CODE_OF_CONDUCT.md"];
        var loose = Directory.EnumerateFiles(Repository.Root).Select(path => Path.GetFileName(path)!)
            .Where(name => name.EndsWith(".txt", StringComparison.Ordinal)
                || (name.EndsWith(".md", StringComparison.OrdinalIgnoreCase) && !expected.Contains(name)))
            .Where(name => name != "BannedSymbols.txt");
        var scratch = new[] { "src", "tests", "benchmarks", "docs" }.SelectMany(folder => Repository.Files(folder))
            .Where(path => Scratch().IsMatch(Path.GetFileName(path)));
        loose.Concat(scratch).ShouldBeNone("Loose files:");
    }

    [Fact]
    public void Nothing_names_a_path_of_one_machine()
    {
        var texts = new[] { "src", "tests", "benchmarks", "docs", ".ci" }.SelectMany(folder => Repository.Files(folder))
            .Where(path => Regex.IsMatch(path, @"\.(cs|md|json|sh|csproj|sql|css|js|razor|yml)$|run$"))
            .Concat(["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "SECURITY.md", "test.sh"]).Where(Repository.Exists);
        texts.Where(path => MachinePath().IsMatch(Repository.Text(path))).ShouldBeNone("Paths of one machine in:");
    }

    [Fact]
    public void The_first_documents_are_there()
    {
        Repository.Exists("LICENSE").ShouldBeTrue();
        if (!Repository.Exists("README.md"))
            return;
        string[] first = ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md", "test.sh", ".ci/run"];
        first.Where(path => !Repository.Exists(path)).ShouldBeNone("Missing:");

        // Every switch of the script is documented.
        foreach (Match setting in Regex.Matches(Repository.Text("test.sh"), @"SCHEDULER_[A-Z]+(?:_[A-Z]+)*"))
            Repository.Text("CONTRIBUTING.md").ShouldContain(setting.Value);
    }

    [Fact]
    public void Every_test_project_has_a_test() =>
        Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "*.Tests").Select(folder => $"tests/{Path.GetFileName(folder)}")
            .Where(folder => !Repository.Files(folder, "*.cs").Any(path => TestMethod().IsMatch(Repository.Text(path)))).ShouldBeNone("Without a single test:");

    [Fact]
    public void Skipped_tests_give_a_reason() =>
        Repository.Files("tests", "*.cs").SelectMany(path => SilentSkip().Matches(Repository.Text(path)).Select(match => $"{path}: {match.Value}"))
            .ShouldBeNone("A skipped test has a reason:");

    private static IEnumerable<string> Lines(IEnumerable<string> paths, Regex banned) =>
        from path in paths
        from line in Repository.Code(path).Split('\n').Select((text, k) => (Text: text, Number: k + 1))
        where banned.IsMatch(line.Text)
        select $"{path}:{line.Number}: {line.Text.Trim()}";

    [GeneratedRegex(@"(?<!Problems|PlanFileKind)\.Result\b(?!s)(?=\s*[;,).?]| is | \?\?)|\.Wait\(\)|\.GetAwaiter\(\)\.GetResult\(\)|\bTask\.Wait(All|Any)\(")]
    private static partial Regex Blocking();

    [GeneratedRegex(@"\bTask\.Run\(|\bTask\.Factory\.StartNew\(|\bnew Thread\(|\bThreadPool\.")]
    private static partial Regex Threads();

    [GeneratedRegex(@"\block\s*\(|\bMonitor\.(Try)?Enter\(|\bnew (SemaphoreSlim|Mutex)\(")]
    private static partial Regex Locks();

    [GeneratedRegex(@"catch\s*(?:\((?!\s*(?:Operation|Task)Canceled)[^)]*\)\s*)?(?:when\s*\([^{]*\)\s*)?\{\s*\}")]
    private static partial Regex EmptyCatch();

    [GeneratedRegex(@"\b(?:TODO|FIXME|HACK)\b|NotImplementedException")]
    private static partial Regex Later();

    [GeneratedRegex(@"(?i)^(?:todo|plan|notes?|draft|scratch|wip|tmp)\b.*\.(?:md|txt)$|\.(?:orig|rej|bak|swp)$|~$")]
    private static partial Regex Scratch();

    [GeneratedRegex(@"(?<![\w.])/(?:work|tmp/wt|tmp/bin|home|root|Users)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"^\s*\[(Fact|Theory|Property)\b", RegexOptions.Multiline)]
    private static partial Regex TestMethod();

    [GeneratedRegex(@"Skip\s*=\s*(?:""""|null)")]
    private static partial Regex SilentSkip();
}
