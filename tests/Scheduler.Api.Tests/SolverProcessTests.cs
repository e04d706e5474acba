using System.Globalization;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using NodaTime;
using Scheduler.Api;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Solver;
using Institution = Scheduler.Solver.Institution;
using Pool = Scheduler.Solver.Pool;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Tests;

/// <summary>The solver as a child process of its own: its result, its progress, and every way in which it may end without a result.</summary>
public sealed class SolverProcessTests
{
    private static readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task The_child_reports_its_progress_and_returns_a_plan()
    {
        var (instance, steps) = (Season(100), new List<SolveProgress>());
        using var solver = Solver(OwnProgram.AsSolver());
        var outcome = await solver.Run(new("solve", instance, 30), steps.Add, TestContext.Current.CancellationToken);
        var file = outcome.ShouldBeOfType<SolverOutcome.Done>().File;
        using var stream = new MemoryStream(file.ToArray());
        var plan = PlanReader.Read(stream, TestContext.Current.CancellationToken).ShouldBeOfType<PlanReading.Read>().Plan;
        PlanChecker.Faults(instance, plan).ShouldBeEmpty();
        steps.Select(step => step.Stage).ShouldContain("price");
        steps[^1].Value.ShouldBe(plan.Objective.Value, 1e-6);
        steps[^1].Bound.ShouldNotBeNull();
    }

    [Fact]
    public async Task The_child_runs_at_a_low_priority_and_a_cancelled_run_leaves_neither_child_nor_files()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the test reads /proc");
        using var cancel = new CancellationTokenSource();
        using var solver = Solver(OwnProgram.AsSolver());
        var (niceness, scores, folder) = (new List<int>(), new List<string>(), "");
        var run = solver.Run(
            new("solve", Season(400), 3_600) { Options = ["--effort", "100000"] },
            step =>
            {
                if (step.Stage != "construct" || cancel.IsCancellationRequested)
                    return;
                var child = Children().Single(process => process.Words.Contains("100000"));
                folder = child.Folder;
                var threads = Directory.GetDirectories($"/proc/{child.Id}/task");
                niceness.AddRange(threads.Select(thread => int.Parse(Stat(thread)[16], CultureInfo.InvariantCulture)));
                scores.Add(File.ReadAllText($"/proc/{child.Id}/oom_score_adj").Trim());
                cancel.Cancel();
            },
            cancel.Token);
        await Should.ThrowAsync<OperationCanceledException>(run);
        niceness.ShouldNotBeEmpty();
        niceness.ShouldAllBe(nice => nice == 10);
        scores.ShouldBe(["1000"]);
        Children().ShouldNotContain(process => process.Folder == folder);
        Directory.Exists(folder).ShouldBeFalse();
    }

    [Theory]
    [InlineData(80)]
    [InlineData(96)]
    public async Task A_child_that_needs_more_memory_than_its_limit_fails_with_this_cause(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the limit is a limit of Linux");
        (await Cause(OwnProgram.AsSolver() with { MemoryMegabytes = megabytes }, Season(400))).ShouldBe(new(PlanCause.MemoryLimit));
    }

    [Theory]
    [InlineData("kill -9 $$", "signal 9")]
    [InlineData("kill -SEGV $$", "signal 11")]
    [InlineData("echo first >&2; echo last >&2; exit 70", "exit 70 last")]
    [InlineData("exit 69", "exit 69")]
    [InlineData("echo terminate called after throwing an instance of std::bad_alloc >&2; kill -ABRT $$", "memory_limit")]
    public async Task An_end_without_a_plan_has_its_cause(string script, string cause) =>
        (await Cause(Shell(script), Season(3))).ToString().ShouldBe(cause);

    [Fact]
    public async Task An_instance_that_the_solver_refuses_is_a_cause_with_its_fault()
    {
        var twice = Season(3);
        var cause = await Cause(OwnProgram.AsSolver(), twice with { Requests = [.. twice.Requests, twice.Requests[0]] });
        cause.Code.ShouldBe(PlanCause.Exit);
        cause.Detail.ShouldStartWith("2 instance.json: requests[3].id");
    }

    [Fact]
    public async Task A_program_that_does_not_start_is_a_cause() =>
        (await Cause(new() { File = "/no/such/program" }, Season(3))).ShouldBe(new(PlanCause.NotStarted));

    [Fact]
    public async Task A_child_that_does_not_end_is_ended_after_its_time()
    {
        using var solver = Solver(Shell($"{Step}; exec sleep 3600"));
        var outcome = await solver.Run(new("solve", Season(3), 5), _ => _time.Advance(TimeSpan.FromMinutes(2)), TestContext.Current.CancellationToken);
        outcome.ShouldBe(new SolverOutcome.Failed(new(PlanCause.Overdue)));
    }

    [Fact]
    public async Task An_overdue_child_that_writes_its_best_plan_when_it_is_asked_to_stop_has_a_plan()
    {
        using var solver = Solver(Shell($"trap 'echo best > out.json; exit 0' TERM; {Step}; while :; do sleep 0.01; done"));
        var outcome = await solver.Run(new("solve", Season(3), 5), _ => _time.Advance(TimeSpan.FromMinutes(2)), TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString(outcome.ShouldBeOfType<SolverOutcome.Done>().File.Span).ShouldBe("best\n");
    }

    [Fact]
    public async Task An_overdue_child_that_does_not_stop_is_killed_after_a_while()
    {
        var steps = 0;
        using var solver = Solver(Shell($"trap '' TERM; {Step}; {Step}; exec sleep 3600"));
        var outcome = await solver.Run(
            new("solve", Season(3), 5),
            _ =>
            {
                steps++;
                _time.Advance(TimeSpan.FromMinutes(2));
            },
            TestContext.Current.CancellationToken);
        (steps, outcome).ShouldBe((2, new SolverOutcome.Failed(new(PlanCause.Overdue))));
    }

    [Fact]
    public async Task A_child_that_takes_four_minutes_to_start_is_not_overdue()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the test reads /proc");
        var time = new NotedTime();
        using var solver = new SolverProcess(
            Shell($"until [ -e begin ]; do sleep 0.01; done; {Step}; echo plan > out.json"), time, NullLogger<SolverProcess>.Instance);
        var steps = 0;
        var run = solver.Run(new("solve", Season(3), 30), _ => steps++, TestContext.Current.CancellationToken);
        await time.HasTimers;
        time.Advance(TimeSpan.FromMinutes(4));
        var folder = Children().Single(child => child.Words.Any(word => word.StartsWith("until [ -e begin ]", StringComparison.Ordinal))).Folder;
        await File.WriteAllTextAsync(Path.Combine(folder, "begin"), "", TestContext.Current.CancellationToken);
        Encoding.UTF8.GetString((await run).ShouldBeOfType<SolverOutcome.Done>().File.Span).ShouldBe("plan\n");
        steps.ShouldBe(1);
    }

    [Fact]
    public async Task The_files_of_a_killed_silo_are_deleted_and_those_of_a_living_one_stay()
    {
        var (left, used) = (Directory.CreateTempSubdirectory("scheduler-solver-").FullName, Directory.CreateTempSubdirectory("scheduler-solver-").FullName);
        await File.WriteAllTextAsync(Path.Combine(left, "lock"), "", TestContext.Current.CancellationToken);
        await using (new FileStream(Path.Combine(used, "lock"), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None))
        {
            await Cause(Shell("exit 69"), Season(3));
            Directory.Exists(left).ShouldBeFalse();
            Directory.Exists(used).ShouldBeTrue();
        }

        Directory.Delete(used, recursive: true);
    }

    [Fact]
    public async Task The_child_does_not_know_the_secrets_of_the_server()
    {
        Environment.SetEnvironmentVariable("ConnectionStrings__Secret", "known");
        (await Cause(Shell("echo $ConnectionStrings__Secret >&2; exit 1"), Season(3))).ToString().ShouldBe("exit 1");
    }

    [Fact]
    public async Task The_child_gets_only_the_variables_that_it_needs()
    {
        // The other tests of this process see these variables too, so they must mean nothing to anybody.
        foreach (var name in new[] { "SOME_PASSWORD", "Some__Password", "DOTNET_Some__Password", "LC_TEST" })
            Environment.SetEnvironmentVariable(name, "known");
        (await Cause(Shell("env | grep =known$ | sort | tr '\\n' ' ' >&2; exit 1"), Season(3))).ToString().ShouldBe("exit 1 LC_TEST=known");
        (await Cause(Shell("test -n \"$PATH\" && exit 3"), Season(3))).ToString().ShouldBe("exit 3");
    }

    /// <summary>The process that starts the solver may have ended before the solver's first line.</summary>
    [Fact]
    public async Task A_child_whose_server_ended_before_it_began_ends_at_once()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the watch reads /proc");
        var folder = Directory.CreateTempSubdirectory("scheduler-orphan-").FullName;
        await using (var file = File.Create(Path.Combine(folder, "instance.json")))
            await PlanFile.WriteInstance(Season(400), file, TestContext.Current.CancellationToken);
        // A process of this number is not the parent of the solver.
        var words = new[]
        {
            "solve", "instance.json", "--out", "out.json", "--progress", "none", "--time-limit", "3600", "--effort", "100000", "--parent", "1",
        };
        var program = OwnProgram.AsSolver();
        using var child = System.Diagnostics.Process.Start(
            new System.Diagnostics.ProcessStartInfo(program.File, [.. program.Arguments, .. words]) { WorkingDirectory = folder })!;
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        Directory.Delete(folder, recursive: true);
    }

    // What a shell child prints as its first step.
    private const string Step = """echo '{"stage":"price","seconds":1,"value":0,"done":1}'""";

    private static SolverProcess Solver(SolverProgram program) => new(program, _time, NullLogger<SolverProcess>.Instance);

    private static SolverProgram Shell(string script) => new() { File = "/bin/sh", Arguments = ["-c", script, "sh"] };

    private static async Task<SolverOutcome> Outcome(SolverProgram program, Instance instance)
    {
        using var solver = Solver(program);
        return await solver.Run(new("solve", instance, 30), _ => { }, TestContext.Current.CancellationToken);
    }

    private static async Task<PlanCause> Cause(SolverProgram program, Instance instance) =>
        (await Outcome(program, instance)).ShouldBeOfType<SolverOutcome.Failed>().Cause;

    /// <summary>The fields of a stat file of /proc after the name.</summary>
    private static string[] Stat(string process)
    {
        var text = File.ReadAllText($"{process}/stat");
        return text[(text.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static List<(string Id, string[] Words, string Folder)> Children()
    {
        var children = new List<(string, string[], string)>();
        foreach (var process in Directory.GetDirectories("/proc").Where(path => char.IsDigit(Path.GetFileName(path)[0])))
        {
            try
            {
                if (Stat(process)[1] != Environment.ProcessId.ToString(CultureInfo.InvariantCulture))
                    continue;
                var folder = new FileInfo($"{process}/cwd").LinkTarget ?? "";
                children.Add((Path.GetFileName(process), File.ReadAllText($"{process}/cmdline").Split('\0'), folder));
            }
            catch (IOException)
            {
                // The process ended meanwhile.
                continue;
            }
        }

        return children;
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
                        .. Enumerable.Range(0, 8).Select(k => new Candidate("p", start + Duration.FromHours(first + k), [seats, seats], 0.01 * k)),
                    ],
                };
            })],
        };
    }

    /// <summary>A clock that says when the timers of a run are there: the one that kills, and the one that asks.</summary>
    private sealed class NotedTime : FakeTimeProvider
    {
        private readonly TaskCompletionSource _hasTimers = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int _timers;

        public Task HasTimers => _hasTimers.Task;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            var timer = base.CreateTimer(callback, state, dueTime, period);
            if (Interlocked.Increment(ref _timers) == 2)
                _hasTimers.SetResult();
            return timer;
        }
    }
}
