namespace Scheduler.Solver.Tests;

/// <summary>A plan that does not pass the checker is a fault of the solver. The last plan that passes is the answer, and says so.</summary>
public sealed class StagePlansTests
{
    private static readonly Instance _season = Build.Crowd(120, 4, 1.8);
    private static readonly SolveBudget _budget = new() { Threads = 1, Effort = 0.1 };

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_plan_of_an_earlier_stage_takes_the_place_of_one_that_does_not_pass()
    {
        var seen = new List<Plan>();
        var plan = PlanSolver.Solve(_season, _budget, null, null, Refuse(seen, 1), Token);
        seen.Count.ShouldBe(2);
        PlanChecker.Faults(_season, plan).ShouldBeEmpty();
        plan.CheckerFaults.ShouldHaveSingleItem().ShouldContain("refused here");
        plan.Assignments.ShouldNotBe(seen[0].Assignments);
        plan.Objective.ValueBeforeSharing.ShouldBe(plan.Objective.Value, 1e-9 * plan.Objective.Value);
        using var file = new MemoryStream();
        await PlanFile.Write(plan, file, Token);
        System.Text.Encoding.UTF8.GetString(file.ToArray()).ShouldNotContain("refused here");
    }

    [Fact]
    public void Without_a_fault_the_plan_says_nothing()
    {
        PlanSolver.Solve(_season, _budget, null, null, Token).CheckerFaults.ShouldBeEmpty();
    }

    [Fact]
    public void When_no_plan_passes_the_fault_is_named()
    {
        var seen = new List<Plan>();
        Should.Throw<InvalidOperationException>(() => PlanSolver.Solve(_season, _budget, null, null, Refuse(seen, int.MaxValue), Token))
            .Message.ShouldContain("construct: refused here");
        seen.Count.ShouldBeGreaterThan(1);
    }

    [Fact]
    public void Reserved_time_is_given_back_and_the_reason_remembers_the_cut()
    {
        var stop = new StopSignal(TimeSpan.FromHours(1), Token);
        stop.Reserve(1);
        (stop.IsSet, stop.SecondsLeft, stop.Reason).ShouldBe((true, 0, StopReason.TimeLimit));
        stop.Release();
        (stop.IsSet, stop.Reason).ShouldBe((false, StopReason.TimeLimit));
        stop.SecondsLeft.ShouldBeGreaterThan(0);
    }

    private static Func<Plan, IReadOnlyList<string>> Refuse(List<Plan> seen, int times) => plan =>
    {
        seen.Add(plan);
        return seen.Count <= times ? ["refused here"] : [];
    };
}
