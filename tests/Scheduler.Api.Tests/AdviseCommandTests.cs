using System.Text;
using NodaTime;
using Scheduler.Api;
using Scheduler.Solver;
using Request = Scheduler.Solver.Request;

namespace Scheduler.Tests;

/// <summary><c>advise</c> as others run it: its file answers what was asked, and a plan of another instance is refused.</summary>
public sealed class AdviseCommandTests : IDisposable
{
    private static readonly Instant _start = Instant.FromUtc(2026, 12, 7, 14, 0);
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-advise-").FullName;

    private string Out => Path.Combine(_folder, "advice.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Without_a_question_everything_is_answered()
    {
        (await Advise(await Written(Season()), "--out", Out)).ShouldBe(0);
        var advice = AdviceFile.Read(await File.ReadAllBytesAsync(Out, TestContext.Current.CancellationToken));
        advice.Objective.ServedSeats.ShouldBe(16);
        advice.Comparison.ShouldNotBeNull().Plan.ServedSeats.ShouldBe(16);
        advice.Receipts.ShouldNotBeNull().ShouldHaveSingleItem().MachineSlots.ShouldBe(6);
        var least = advice.LeastCapacity.ShouldNotBeNull();
        (least.LowerMachineHours, least.UpperMachineHours, least.Unserved).ShouldBe((4, 6, 0));
        var curve = advice.Curve.ShouldNotBeNull();
        curve.Points.Select(point => (point.MachineHours, point.Unserved)).ShouldBe([(20, 8), (26, 0)]);
        advice.WhatIf.ShouldBeNull();
    }

    [Fact]
    public async Task Changes_are_tried_and_nothing_else_is_answered()
    {
        var changes = await Written("changes.json", """[{"pool":"p","from":"2026-12-07T14:00:00Z","to":"2026-12-07T15:00:00Z","seats":6}]""");
        (await Advise(await Written(Season()), "--out", Out, "--changes", changes)).ShouldBe(0);
        var advice = AdviceFile.Read(await File.ReadAllBytesAsync(Out, TestContext.Current.CancellationToken));
        advice.WhatIf.ShouldNotBeNull().Gained.ShouldHaveSingleItem();
        (advice.Comparison, advice.Receipts, advice.LeastCapacity, advice.Curve).ShouldBe((null, null, null, null));
    }

    [Fact]
    public async Task Changes_of_an_unknown_pool_and_a_plan_of_another_instance_are_refused()
    {
        var instance = await Written(Season());
        var unknown = await Written("unknown.json", """[{"pool":"q","from":"2026-12-07T14:00:00Z","to":"2026-12-07T15:00:00Z","seats":6}]""");
        (await Advise(instance, "--out", Out, "--changes", unknown)).ShouldBe(2);
        (await Advise(instance, "--out", Out, "--changes", await Written("wrong.json", "[{}]"))).ShouldBe(2);
        var plan = Path.Combine(_folder, "plan.json");
        (await CommandLine.Run(["solve", instance, "--out", plan, "--progress", "none"], TextWriter.Null, TextWriter.Null)).ShouldBe(0);
        var smaller = await Written(Season() with { Pools = [new Pool("p", [new PoolSlot(_start, 3)])] });
        (await Advise(smaller, "--out", Out, "--warm", plan)).ShouldBe(2);
        File.Exists(Out).ShouldBeFalse();
    }

    // The limit counts from the start of the process, and the test program may be old.
    private static Task<int> Advise(params string[] args) =>
        CommandLine.Run(["advise", .. args, "--progress", "none", "--time-limit", "100000"], TextWriter.Null, TextWriter.Null);

    private async Task<string> Written(Instance season)
    {
        using var stream = new MemoryStream();
        await PlanFile.WriteInstance(season, stream, TestContext.Current.CancellationToken);
        return await Written("season.json", Encoding.UTF8.GetString(stream.ToArray()));
    }

    private async Task<string> Written(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        await File.WriteAllTextAsync(path, text, TestContext.Current.CancellationToken);
        return path;
    }

    /// <summary>Two hours of ten machines, and three requests of eight seats: two have an hour each. The third needs 6 more machines, though the 24 seats need
    /// only 4 more than the 20 there are: no request may be split.</summary>
    private static Instance Season() => new()
    {
        Name = "by hand", SlotMinutes = 60, Institutions = [new Institution("i", [])],
        Pools = [new Pool("p", [new PoolSlot(_start, 10), new PoolSlot(_start + Duration.FromHours(1), 10)])],
        Requests = [.. Enumerable.Range(0, 3).Select(r => new Request
        {
            Id = $"r{r}", Institution = "i", Value = 8,
            Candidates = [.. Enumerable.Range(0, 2).Select(hour => new Candidate("p", _start + Duration.FromHours(hour), [8], 0))],
        })],
    };
}
