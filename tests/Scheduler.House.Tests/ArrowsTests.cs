using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Scheduler.Tests;

/// <summary>The arrows of docs/architecture.md point down only: as the project files say, and as the compiler saw it.</summary>
public sealed partial class ArrowsTests
{
    private static readonly Dictionary<string, string[]> _below = new()
    {
        ["Scheduler.Domain"] = [],
        ["Scheduler.Ledger"] = ["Scheduler.Domain"],
        ["Scheduler.Solver"] = ["Scheduler.Domain"],
        ["Scheduler.Grains"] = ["Scheduler.Domain", "Scheduler.Ledger", "Scheduler.Solver"],
        ["Scheduler.Api"] = ["Scheduler.Domain", "Scheduler.Ledger", "Scheduler.Solver", "Scheduler.Grains"],
    };

    // What a project must not know, by the beginning of an assembly's or package's name.
    private static readonly Dictionary<string, string[]> _foreign = new()
    {
        ["Scheduler.Domain"] = ["Orleans", "Microsoft.Orleans", "Npgsql", "Microsoft.Data", "dbup", "Microsoft.AspNetCore", "Microsoft.Extensions", "Google.OrTools"],
        ["Scheduler.Ledger"] = ["Orleans", "Microsoft.Orleans", "Microsoft.AspNetCore", "Google.OrTools"],
        ["Scheduler.Solver"] = ["Orleans", "Microsoft.Orleans", "Npgsql", "Microsoft.Data", "dbup", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore"],
        ["Scheduler.Grains"] = ["Microsoft.Data", "dbup", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "Google.OrTools"],
        ["Scheduler.Api"] = ["Microsoft.Data", "dbup", "Microsoft.EntityFrameworkCore", "Google.OrTools"],
    };

    public static TheoryData<string> Projects() => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void A_project_file_names_only_projects_below_and_no_foreign_package(string project)
    {
        var file = XDocument.Parse(Repository.Text($"src/{project}/{project}.csproj"));
        Includes(file, "ProjectReference").Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))).Except(_below[project])
            .ShouldBeNone($"{project} must not know:");
        Includes(file, "PackageReference").Where(package => IsForeign(project, package)).ShouldBeNone($"{project} must not use:");
        if (project == "Scheduler.Domain")
            Includes(file, "PackageReference").ShouldBe(["NodaTime"]);
    }

    [Theory]
    [MemberData(nameof(Projects))]
    public void What_the_compiler_saw_keeps_the_arrows(string project)
    {
        using var image = new PEReader(File.OpenRead(Path.Combine(AppContext.BaseDirectory, project + ".dll")));
        var metadata = image.GetMetadataReader();
        var references = metadata.AssemblyReferences.Select(handle => metadata.GetString(metadata.GetAssemblyReference(handle).Name)).ToList();
        references.Where(name => name.StartsWith("Scheduler.", StringComparison.Ordinal)).Except(_below[project]).ShouldBeNone($"{project} must not know:");
        references.Where(name => IsForeign(project, name)).ShouldBeNone($"{project} must not use:");
        if (project == "Scheduler.Domain")
            references.Where(name => name != "NodaTime" && !name.StartsWith("System.", StringComparison.Ordinal)).ShouldBeNone("Domain knows NodaTime alone, not:");
    }

    /// <summary>
    /// Nothing writes but through grains: the door names no type by which the ledger is written. Two do, before any grain runs: the first operator's key, and the demonstration
    /// season, which fills an empty ledger.
    /// </summary>
    [Fact]
    public void The_door_uses_the_ledger_for_reading_only() => Repository.Sources("Scheduler.Api")
        .Where(path => !path.EndsWith("/FirstOperator.cs", StringComparison.Ordinal) && !path.Contains("/Demo/", StringComparison.Ordinal))
        .Where(path => Writing().IsMatch(Repository.Code(path))).ShouldBeNone("Writes past the grains:");

    [Fact]
    public void The_solution_holds_every_project_and_every_project_locks_its_packages()
    {
        var solution = Repository.Text("Scheduler.sln").Replace('\\', '/');
        var projects = new[] { "src", "tests", "benchmarks" }.SelectMany(folder => Repository.Files(folder, "*.csproj")).ToList();
        projects.Count.ShouldBeGreaterThanOrEqualTo(12);
        projects.Where(path => !solution.Contains(path, StringComparison.Ordinal)).ShouldBeNone("Not in Scheduler.sln:");
        projects.Where(path => !Repository.Exists(Path.GetDirectoryName(path) + "/packages.lock.json")).ShouldBeNone("Without a lock file:");
    }

    [GeneratedRegex(@"\b(?:RowWrite|SlotDelta|PackDelta|VersionGuard|GroupCommitter|ICommitStore|BatchRunner|BatchNet)\b|\bnew Change\b|\.Commit\(")]
    private static partial Regex Writing();

    private static IEnumerable<string> Includes(XDocument file, string element) => file.Descendants(element).Select(one => (string?)one.Attribute("Include") ?? "");

    private static bool IsForeign(string project, string name) => _foreign[project].Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
