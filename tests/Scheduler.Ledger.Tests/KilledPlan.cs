using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>
/// A second process that applies a plan in two parts to a ledger in SQLite, and is killed at each write and flush of the log. Each part swaps the full slots of
/// two schools, and places a split request. The application writes some eighty pages. One run kills at every fifth write, and at every write when the
/// environment variable SCHEDULER_EVERY_STEP is 1.
/// </summary>
public sealed class KilledPlan : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("scheduler-plan-").FullName;
    private readonly KilledSeason _season = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Theory]
    [InlineData("pwrite64", 5)]
    [InlineData("/^f(data)?sync$", 1)]
    public async Task P4_a_plans_application_that_is_killed_at_any_step_on_SQLite_is_as_if_no_part_had_begun_and_goes_on(string step, int stride)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/strace"), "strace is not installed");
        var made = Path.Combine(_root, "made");
        var (plan, bookings) = await _season.Make(new() { DataDirectory = made });
        var killed = 0;
        if (Environment.GetEnvironmentVariable("SCHEDULER_EVERY_STEP") == "1")
            stride = 1;
        for (var count = 1; ; count += stride)
        {
            var folder = Path.Combine(_root, $"killed-{count}");
            Directory.CreateDirectory(folder);
            foreach (var file in Directory.GetFiles(made, $"{SqliteFolder.FileName}*"))
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            var isComplete = await KilledSeason.IsComplete(step, count, $"{folder}\n\n{plan}");
            await _season.ShouldBeWhole(new() { DataDirectory = folder }, plan, bookings);
            Directory.Delete(folder, recursive: true);
            if (isComplete)
                break;
            killed++;
        }

        killed.ShouldBeGreaterThanOrEqualTo(2);
    }

    /// <summary>The child itself. Runs only when asked for by name.</summary>
    [Fact(Explicit = true)]
    public async Task Child_that_applies_a_plan()
    {
        var words = Environment.GetEnvironmentVariable(KilledSeason.Variable)!.Split('\n');
        var clock = new TestClock(KilledSeason.Now);
        var settings = words[1].Length > 0 ? new LedgerSettings { ConnectionString = words[1], Committers = 1 } : new() { DataDirectory = words[0] };
        await using var ledger = await SeatLedger.Open(settings, clock, NullLoggerFactory.Instance, Token);
        var plan = (await ledger.Read.Plan(new(Guid.Parse(words[2])), Token)).ShouldNotBeNull();
        var entries = PlanEntriesText.Read((await ledger.Read.PlanFile(plan.Id, PlanFileKind.Entries, Token))!.Value);
        var season = new PlanSeason(ledger, clock.Now);
        Change[] parts =
        [
            await season.Application(plan, entries, 0, KilledSeason.PartSize), await season.Application(plan, entries, KilledSeason.PartSize),
        ];
        await using var output = new StreamWriter(Console.OpenStandardOutput()) { AutoFlush = true };
        output.WriteLine("ready");
        Console.In.ReadLine();
        var first = (await season.Done(parts[0])).Applied!.Plan;
        await season.Done(parts[1] with { Application = parts[1].Application! with { Plan = first } });
    }
}
