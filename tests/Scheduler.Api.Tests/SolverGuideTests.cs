using System.Diagnostics;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>The command of docs/solver.md, run as the guide says, writes the plan that the guide shows.</summary>
public sealed partial class SolverGuideTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-guide-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task The_guides_command_writes_the_plan_that_the_guide_shows()
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "Scheduler.sln")))
            root = Path.GetDirectoryName(root)!;
        var guide = await File.ReadAllTextAsync(Path.Combine(root, "docs", "solver.md"), TestContext.Current.CancellationToken);
        var words = Command().Match(guide).Groups["words"].Value.Split(' ');
        var plan = Path.Combine(_folder, "plan.json");
        string[] arguments = [Path.Combine(AppContext.BaseDirectory, "Scheduler.Api.dll"), .. words.Select(word => word == "plan.json" ? plan : word)];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = root, RedirectStandardOutput = true })!;
        await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        process.ExitCode.ShouldBe(0);
        var written = Parse(await File.ReadAllTextAsync(plan, TestContext.Current.CancellationToken));
        var shown = Parse(ShownPlan().Match(guide).Groups["plan"].Value);
        JsonLikeness.IsLike(written, shown).ShouldBeTrue($"the guide shows another plan than:\n{written}");
    }

    /// <summary>Wall time is the only field of a plan that differs between two runs.</summary>
    private static JsonNode Parse(string text)
    {
        var plan = JsonNode.Parse(text)!;
        foreach (var stage in plan["stages"]!.AsArray())
            stage!["seconds"] = 0;
        return plan;
    }

    [GeneratedRegex(@"Scheduler\.Api -- (?<words>solve \S+ --out plan\.json)\n")]
    private static partial Regex Command();

    [GeneratedRegex(@"<!-- sample-plan -->\n```json\n(?<plan>.*?)```\n<!-- /sample-plan -->", RegexOptions.Singleline)]
    private static partial Regex ShownPlan();
}
