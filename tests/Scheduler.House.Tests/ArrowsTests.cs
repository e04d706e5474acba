using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Scheduler.Tests;

/// <summary>Projects know only the projects below them, as docs/architecture.md draws them: in the project files, and in the compiled assemblies.</summary>
public sealed partial class ArrowsTests
{
    private static readonly Dictionary<string, string[]> _below = new()
    {
        ["Scheduler.Domain"] = [],
        ["Scheduler.Ledger"] = ["Scheduler.Domain"],
        ["Scheduler.Solver"] = ["Scheduler.Domain"],
        ["Scheduler.Grains"] = ["Scheduler.Domain", "Scheduler.Ledger", "Scheduler.Solver"],
        ["Scheduler.Demo"] = ["Scheduler.Domain", "Scheduler.Ledger", "Scheduler.Grains"],
        ["Scheduler.Api"] = ["Scheduler.Domain", "Scheduler.Ledger", "Scheduler.Solver", "Scheduler.Grains", "Scheduler.Demo"],
    };

    // What a project must not know, by the beginning of an assembly's or package's name.
    private static readonly Dictionary<string, string[]> _foreign = new()
    {
        ["Scheduler.Domain"] =
            ["Orleans", "Microsoft.Orleans", "Npgsql", "Microsoft.Data", "dbup", "Microsoft.AspNetCore", "Microsoft.Extensions", "Google.OrTools"],
        ["Scheduler.Ledger"] = ["Orleans", "Microsoft.Orleans", "Microsoft.AspNetCore", "Google.OrTools"],
        ["Scheduler.Solver"] = ["Orleans", "Microsoft.Orleans", "Npgsql", "Microsoft.Data", "dbup", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore"],
        ["Scheduler.Grains"] =
            ["Microsoft.Data", "dbup", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing", "Google.OrTools"],
        ["Scheduler.Demo"] = ["Npgsql", "Microsoft.Data", "dbup", "Microsoft.EntityFrameworkCore", "Microsoft.AspNetCore", "Google.OrTools"],
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
        {
            references.Where(name => name != "NodaTime" && !name.StartsWith("System.", StringComparison.Ordinal))
                .ShouldBeNone("Scheduler.Domain may use NodaTime alone, not:");
        }
    }

    /// <summary>
    /// Nothing writes but through grains: Api and Demo name no type by which the ledger is written. The first operator's key is made past the
    /// grains, and so are accounts and imports (decision 9): each of their commits checks the versions of the rows.
    /// </summary>
    [Fact]
    public void Api_and_Demo_use_the_ledger_for_reading_only() => Repository.Sources("Scheduler.Api").Concat(Repository.Sources("Scheduler.Demo"))
        .Where(path => !path.EndsWith("/FirstOperator.cs", StringComparison.Ordinal) && !path.Contains("/Scheduler.Api/Accounts/", StringComparison.Ordinal))
        .Where(path => !path.EndsWith("/ImportCommands.cs", StringComparison.Ordinal))
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

    private static IEnumerable<string> Includes(XDocument file, string element) =>
        file.Descendants(element).Select(one => (string?)one.Attribute("Include") ?? "");

    private static bool IsForeign(string project, string name) => _foreign[project].Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase));
}
