using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Scheduler.Tests;

namespace Scheduler.Solver.Tests;

/// <summary>The sample of docs/solver.md: the reader takes it, and solving it gives the plan that the guide shows.</summary>
public sealed partial class SampleTests
{
    [Fact]
    public async Task The_sample_gives_the_plan_that_the_guide_shows()
    {
        var guide = await File.ReadAllTextAsync(Path.Combine(Repository(), "docs", "solver.md"), TestContext.Current.CancellationToken);
        var command = Command().Match(guide);
        command.Success.ShouldBeTrue("the guide has no command");
        await using var file = File.OpenRead(Path.Combine(Repository(), command.Groups["instance"].Value));
        var instance = InstanceReader.Read(file, TestContext.Current.CancellationToken).ShouldBeOfType<InstanceReading.Read>().Instance;
        // The guide's command uses the defaults: two threads, seed 1, effort 1.
        var plan = PlanSolver.Solve(instance, new SolveBudget(), cancel: TestContext.Current.CancellationToken);
        var shown = JsonNode.Parse(ShownPlan().Match(guide).Groups["plan"].Value)!;
        foreach (var stage in shown["stages"]!.AsArray())
            stage!["seconds"] = 0;
        JsonLikeness.IsLike(JsonNode.Parse(Build.Text(plan)), shown).ShouldBeTrue($"the guide shows another plan than:\n{Build.Text(plan)}");
    }

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Scheduler.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("No Scheduler.sln above the tests.");
        return folder;
    }

    [GeneratedRegex(@"Scheduler\.Api -- solve (?<instance>\S+) --out plan\.json\n")]
    private static partial Regex Command();

    [GeneratedRegex(@"<!-- sample-plan -->\n```json\n(?<plan>.*?)```\n<!-- /sample-plan -->", RegexOptions.Singleline)]
    private static partial Regex ShownPlan();
}
