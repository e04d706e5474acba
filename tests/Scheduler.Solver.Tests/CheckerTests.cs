namespace Scheduler.Solver.Tests;

/// <summary>The checker sees what a plan does wrong, whatever the order of its rows and the number of threads.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void Rows_may_stand_in_any_order()
    {
        var season = Build.Crowd(300, 11);
        var plan = Cut(season);
        PlanChecker.Faults(season, plan).ShouldBeEmpty();
        PlanChecker.Faults(season, plan with { Assignments = [.. plan.Assignments.Reverse()], Unserved = [.. plan.Unserved.Reverse()] }).ShouldBeEmpty();
    }

    [Fact]
    public void Rows_of_no_request_and_rows_twice_are_named()
    {
        var season = Build.Crowd(300, 11);
        var plan = Cut(season);
        PlanChecker.Faults(season, plan with { Assignments = [.. plan.Assignments, new Assignment("nobody", 0, 1)] }).ShouldHaveSingleItem().ShouldContain("no request nobody");
        PlanChecker.Faults(season, plan with { Unserved = [.. plan.Unserved, plan.Unserved[0] with { Request = "nobody" }] }).ShouldHaveSingleItem().ShouldContain("no request nobody");
        PlanChecker.Faults(season, plan with { Unserved = [.. plan.Unserved, plan.Unserved[0]] }).ShouldHaveSingleItem().ShouldContain("twice");
        PlanChecker.Faults(season, plan with { Assignments = [.. plan.Assignments, plan.Assignments[0]] }).ShouldNotBeEmpty();
        PlanChecker.Faults(season, plan with { Unserved = [] }).Count.ShouldBe(Math.Min(100, plan.Unserved.Count));
    }

    [Fact]
    public void Faults_are_told_alike_by_any_number_of_threads()
    {
        var season = Build.Crowd(5_000, 8, 2);
        var plan = Cut(season);
        var spoilt = plan with { Assignments = [.. plan.Assignments.Select((row, at) => at % 97 == 0 ? row with { Candidate = (row.Candidate + 1) % 6 } : row)] };
        var faults = PlanChecker.Faults(season, spoilt, 1);
        faults.ShouldNotBeEmpty();
        PlanChecker.Faults(season, spoilt, 4).ShouldBe(faults);
    }

    [Theory]
    [InlineData(4, 0, 0)]
    [InlineData(7, 1, 1)]
    public void A_limit_counts_what_runs_at_once(int seats, double hourOfSecond, int faults)
    {
        // Two hours and one: together beyond the limit of 10 only where both run.
        var (one, two) = (Build.Ask("a", 5, Build.At(0, [6, 6])) with { Limit = LimitKind.Lab }, Build.Ask("b", 5, Build.At(hourOfSecond, [seats])) with { Limit = LimitKind.Lab });
        var season = Build.Season([Build.Pool("p", 20, 20, 20)], one, two);
        var plan = Build.Solve(season);
        plan.Unserved.ShouldBeEmpty();
        var limited = season with { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 10)])] };
        PlanChecker.Faults(limited, plan).Count(fault => fault.EndsWith("seats too many", StringComparison.Ordinal)).ShouldBe(faults);
    }

    [Fact]
    public void A_limit_lets_one_begin_where_another_ends()
    {
        var (one, two) = (Build.Ask("a", 5, Build.At(0, [6, 6])) with { Limit = LimitKind.Lab }, Build.Ask("b", 5, Build.At(2, [6])) with { Limit = LimitKind.Lab });
        var season = Build.Season([Build.Pool("p", 20, 20, 20)], one, two) with { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 10)])] };
        PlanChecker.Faults(season, Build.Solve(season)).ShouldBeEmpty();
    }

    private static Plan Cut(Instance season)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        return PlanSolver.Solve(season, new SolveBudget(), null, null, cancelled.Token);
    }
}
