namespace Scheduler.Solver.Tests;

/// <summary>The checker finds the faults of a plan for any order of its rows and any number of threads.</summary>
public sealed class CheckerTests
{
    [Fact]
    public void Rows_may_be_in_any_order()
    {
        var season = Build.Crowd(300, 11);
        var plan = Cut(season);
        PlanChecker.Faults(season, plan).ShouldBeEmpty();
        PlanChecker.Faults(season, plan with { Assignments = [.. plan.Assignments.Reverse()], Unserved = [.. plan.Unserved.Reverse()] }).ShouldBeEmpty();
    }

    [Fact]
    public void Rows_without_request_and_repeated_rows_are_named()
    {
        var season = Build.Crowd(300, 11);
        var plan = Cut(season);
        string OneFault(Plan changed) => PlanChecker.Faults(season, changed).ShouldHaveSingleItem();
        OneFault(plan with { Assignments = [.. plan.Assignments, new Assignment("nobody", 0, 1)] }).ShouldContain("no request nobody");
        OneFault(plan with { Unserved = [.. plan.Unserved, plan.Unserved[0] with { Request = "nobody" }] }).ShouldContain("no request nobody");
        OneFault(plan with { Unserved = [.. plan.Unserved, plan.Unserved[0]] }).ShouldContain("twice");
        PlanChecker.Faults(season, plan with { Assignments = [.. plan.Assignments, plan.Assignments[0]] }).ShouldNotBeEmpty();
        PlanChecker.Faults(season, plan with { Unserved = [] }).Count.ShouldBe(Math.Min(100, plan.Unserved.Count));
    }

    [Fact]
    public void A_pool_or_start_of_another_candidate_is_a_fault()
    {
        var season = Build.Season([Build.Pool("p", 5, 5)], Build.Ask("a", 1, Build.At(0, [1]), Build.At(1, [1], 0.5)));
        var plan = Build.Solve(season);
        plan.Assignments.ShouldHaveSingleItem().ShouldBe(new Assignment("a", 0, 1, "p", Build.At(0)));
        string OneFault(Assignment row) => PlanChecker.Faults(season, plan with { Assignments = [row] }).ShouldHaveSingleItem();
        OneFault(plan.Assignments[0] with { Start = Build.At(1) }).ShouldContain("another pool or start");
        OneFault(plan.Assignments[0] with { Pool = "q" }).ShouldContain("another pool or start");
    }

    [Fact]
    public void Any_number_of_threads_finds_the_same_faults()
    {
        var season = Build.Crowd(5_000, 8, 2);
        var plan = Cut(season);
        Assignment Change(Assignment row, int at) => at % 97 == 0 ? row with { Candidate = (row.Candidate + 1) % 6, Pool = null, Start = null } : row;
        var invalid = plan with { Assignments = [.. plan.Assignments.Select(Change)] };
        var faults = PlanChecker.Faults(season, invalid, 1);
        faults.ShouldNotBeEmpty();
        PlanChecker.Faults(season, invalid, 4).ShouldBe(faults);
    }

    [Theory]
    [InlineData(4, 0, 0)]
    [InlineData(7, 1, 1)]
    public void A_limit_counts_the_seats_that_run_at_once(int seats, double hourOfSecond, int faults)
    {
        // One request of two hours and one of one hour. Together they exceed the limit of 10 only while both run.
        var one = Build.Ask("a", 5, Build.At(0, [6, 6])) with { Limit = LimitKind.Lab };
        var two = Build.Ask("b", 5, Build.At(hourOfSecond, [seats])) with { Limit = LimitKind.Lab };
        var season = Build.Season([Build.Pool("p", 20, 20, 20)], one, two);
        var plan = Build.Solve(season);
        plan.Unserved.ShouldBeEmpty();
        var limited = season with { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 10)])] };
        PlanChecker.Faults(limited, plan).Count(fault => fault.EndsWith("seats too many", StringComparison.Ordinal)).ShouldBe(faults);
    }

    [Fact]
    public void One_request_may_begin_at_a_limit_when_another_ends()
    {
        var one = Build.Ask("a", 5, Build.At(0, [6, 6])) with { Limit = LimitKind.Lab };
        var two = Build.Ask("b", 5, Build.At(2, [6])) with { Limit = LimitKind.Lab };
        var season = Build.Season([Build.Pool("p", 20, 20, 20)], one, two) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 10)])] };
        PlanChecker.Faults(season, Build.Solve(season)).ShouldBeEmpty();
    }

    private static Plan Cut(Instance season)
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        return PlanSolver.Solve(season, new SolveBudget(), null, null, cancelled.Token);
    }
}
