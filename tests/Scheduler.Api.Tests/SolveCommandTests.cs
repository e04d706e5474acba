using System.Diagnostics;
using NodaTime;
using Scheduler.Api;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Tests;

/// <summary>
/// <c>solve</c> as others run it: what it refuses, and that as a child it ends with a whole plan, on a signal and when nobody is left to read it.
/// </summary>
public sealed class SolveCommandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-solve-").FullName;

    private string Plan => Path.Combine(_folder, "plan.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task What_cannot_be_read_is_refused_and_leaves_nothing()
    {
        (await Solve([Path.Combine(_folder, "none.json"), "--out", Plan])).ShouldBe(2);
        (await Solve([_folder, "--out", Plan])).ShouldBe(2);
        var broken = Path.Combine(_folder, "broken.json");
        await File.WriteAllTextAsync(broken, """{"format":"exam-slot-instance/1","slotMinutes":60,"pools":[{""", TestContext.Current.CancellationToken);
        (await Solve([broken, "--out", Plan])).ShouldBe(2);
        Directory.GetFiles(_folder).ShouldBe([broken]);
    }

    [Fact]
    public async Task Where_no_plan_can_be_written_is_said_and_nothing_is_left()
    {
        var instance = await Written(3);
        (await Solve([instance, "--out", _folder, "--progress", "none"])).ShouldBe(64);
        (await Solve([instance, "--out", "", "--progress", "none"])).ShouldBe(64);
        (await Solve(["", "--out", Plan, "--progress", "none"])).ShouldBe(64);
        (await Solve([instance, "--out", Plan, "--warm", Path.Combine(_folder, "none.json"), "--progress", "none"])).ShouldBe(2);
        (await Solve([instance, "--out", Plan, "--warm", _folder, "--progress", "none"])).ShouldBe(2);
        (await Solve([instance, "--out", Path.Combine(_folder, "no", "plan.json"), "--progress", "none"])).ShouldBe(69);
        Directory.GetFiles(_folder).ShouldBe([instance]);
    }

    [Fact]
    public async Task A_plan_never_takes_the_place_of_its_instance_or_of_a_device()
    {
        var instance = await Written(3);
        var text = await File.ReadAllTextAsync(instance, TestContext.Current.CancellationToken);
        (await Solve([instance, "--out", instance, "--progress", "none"])).ShouldBe(64);
        (await Solve([instance, "--out", Path.Combine(_folder, "x", "..", "season.json"), "--progress", "none"])).ShouldBe(64);
        var link = Path.Combine(_folder, "link.json");
        File.CreateSymbolicLink(link, instance);
        (await Solve([instance, "--out", link, "--progress", "none"])).ShouldBe(64);
        (await Solve([link, "--out", instance, "--progress", "none"])).ShouldBe(64);
        if (OperatingSystem.IsLinux())
            (await Solve([instance, "--out", "/dev/fd/none", "--progress", "none"])).ShouldBe(64);
        (await File.ReadAllTextAsync(instance, TestContext.Current.CancellationToken)).ShouldBe(text);
        Directory.GetFiles(_folder).Order().ShouldBe([link, instance]);
    }

    [Fact]
    public async Task An_old_plan_with_holes_is_refused()
    {
        var instance = await Written(3);
        (await Solve([instance, "--out", Plan, "--progress", "none"])).ShouldBe(0);
        var text = await File.ReadAllTextAsync(Plan, TestContext.Current.CancellationToken);
        var spoilt = Path.Combine(_folder, "spoilt.json");
        var holes = text.Replace("\"shadowPrices\":[", "\"shadowPrices\":null,\"x\":[", StringComparison.Ordinal);
        await File.WriteAllTextAsync(spoilt, holes, TestContext.Current.CancellationToken);
        (await Solve([instance, "--out", Plan, "--warm", spoilt, "--progress", "none"])).ShouldBe(2);
        (await Solve([instance, "--out", Plan, "--warm", Plan, "--progress", "none"])).ShouldBe(0);
    }

    [Fact]
    public async Task Reading_takes_nothing_from_a_limit_that_begins_after_it()
    {
        var instance = await Written(400);
        (await Solve([instance, "--out", Plan, "--progress", "none", "--time-limit", "0.1", "--limit-after-reading"])).ShouldBe(0);
    }

    [Fact]
    public async Task The_receipts_of_a_plan_are_written_beside_the_plan_and_never_over_another_file_of_the_run()
    {
        var (instance, beside) = (await Written(200), Path.Combine(_folder, "receipts.json"));
        (await Solve([instance, "--out", Plan, "--progress", "none", "--receipts", beside, "--limit-after-reading"])).ShouldBe(0);
        await using var file = File.OpenRead(Plan);
        var plan = PlanReader.Read(file, TestContext.Current.CancellationToken).ShouldBeOfType<PlanReading.Read>().Plan;
        var advice = AdviceFile.Read(await File.ReadAllBytesAsync(beside, TestContext.Current.CancellationToken));
        advice.Receipts!.Select(receipt => receipt.Request).ShouldBe(Receipts.Of(Season(200), plan).Select(receipt => receipt.Request));
        advice.Receipts!.Count.ShouldBeGreaterThan(5);
        (await Solve([instance, "--out", Plan, "--receipts", Plan])).ShouldBe(64);
        (await Solve([instance, "--out", Plan, "--receipts", instance])).ShouldBe(64);
        Directory.GetFiles(_folder).Length.ShouldBe(3);
    }

    /// <summary>The time limit of the plan is over before the first receipt is found.</summary>
    [Fact]
    public async Task The_receipts_have_a_time_limit_of_their_own()
    {
        var (instance, beside) = (await Written(200), Path.Combine(_folder, "receipts.json"));
        (await Solve([instance, "--out", Plan, "--progress", "none", "--receipts", beside, "--time-limit", "0.01", "--limit-after-reading"])).ShouldBe(0);
        await using var file = File.OpenRead(Plan);
        var plan = PlanReader.Read(file, TestContext.Current.CancellationToken).ShouldBeOfType<PlanReading.Read>().Plan;
        var advice = AdviceFile.Read(await File.ReadAllBytesAsync(beside, TestContext.Current.CancellationToken));
        advice.StopReason.ShouldBe(StopReason.Converged);
        advice.Receipts!.Select(receipt => receipt.Request).ShouldBe(Receipts.Of(Season(200), plan).Select(receipt => receipt.Request));
        (ReceiptsOutput.LimitSeconds(1), ReceiptsOutput.LimitSeconds(30), ReceiptsOutput.LimitSeconds(45)).ShouldBe((30, 30, 45));
    }

    [Theory]
    [InlineData("kill -INT $child; wait $child; echo ended $?")]
    [InlineData("kill -TERM $child; wait $child; echo ended $?")]
    [InlineData("exit")]
    public async Task As_a_child_it_ends_with_the_best_plan_so_far(string end)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the watch for a parent that is gone reads /proc");
        var instance = await Written(400);
        // The shell starts it, waits for a word, and then does what the test is about; its output ends when the last of both has ended.
        var solve = $"dotnet '{typeof(SolveCommand).Assembly.Location}' solve '{instance}' --out '{Plan}' --effort 100000 --time-limit 3600";
        var script = $"set -m; {solve} & child=$!; read word; {end}";
        using var shell = Process.Start(new ProcessStartInfo("bash", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var said = new List<string>();
        while (await shell.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            said.Add(line);
            // From here on it searches, far longer than any test waits.
            if (!line.StartsWith("{\"stage\":\"construct\"", StringComparison.Ordinal))
                continue;
            await shell.StandardInput.WriteLineAsync("go".AsMemory(), TestContext.Current.CancellationToken);
            await shell.StandardInput.FlushAsync(TestContext.Current.CancellationToken);
        }
        await shell.WaitForExitAsync(TestContext.Current.CancellationToken);
        if (end != "exit")
            said.ShouldContain("ended 0");
        said[0].ShouldStartWith("{\"stage\":\"presolve\"");
        await using var file = File.OpenRead(Plan);
        var plan = PlanReader.Read(file, TestContext.Current.CancellationToken).ShouldBeOfType<PlanReading.Read>().Plan;
        plan.StopReason.ShouldBe(StopReason.Cancelled);
        PlanChecker.Faults(Season(400), plan).ShouldBeEmpty();
        Directory.GetFiles(_folder).Length.ShouldBe(2);
    }

    private static Task<int> Solve(string[] args) => CommandLine.Run(["solve", .. args], TextWriter.Null, TextWriter.Null);

    private async Task<string> Written(int requests)
    {
        var path = Path.Combine(_folder, "season.json");
        await using var file = File.Create(path);
        await PlanFile.WriteInstance(Season(requests), file, TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>One pool of forty hours, too small for all that is asked.</summary>
    private static Instance Season(int requests)
    {
        var (random, start) = (new Random(requests), Instant.FromUtc(2026, 12, 7, 14, 0));
        return new Instance
        {
            Name = "by hand", SlotMinutes = 60, Institutions = [new Institution("i", [])],
            Pools = [new Pool("p", [.. Enumerable.Range(0, 40).Select(k => new PoolSlot(start + Duration.FromHours(k), 60))])],
            Requests = [.. Enumerable.Range(0, requests).Select(index =>
            {
                var (seats, first) = (random.Next(3, 25), random.Next(30));
                return new Request
                {
                    Id = $"r{index}", Institution = "i", Value = seats * (1 + random.Next(3)),
                    Candidates =
                    [
                        .. Enumerable.Range(0, 8).Select(k => new Candidate("p", start + Duration.FromHours(first + k), [seats, seats], 0.01 * k * seats)),
                    ],
                };
            })],
        };
    }

    [Fact]
    public void A_lack_of_memory_is_found_inside_the_faults_of_a_parallel_loop()
    {
        var lack = new OverflowException();
        SolveCommand.TooLarge(new AggregateException(new InvalidOperationException(), new TypeInitializationException("x", lack))).ShouldBeSameAs(lack);
        SolveCommand.TooLarge(new AggregateException(new InvalidOperationException("x", new IOException()))).ShouldBeNull();
    }
}
