using FsCheck.Xunit;

namespace Scheduler.Solver.Tests;

/// <summary>Whole plans: the same bytes, valid bounds, cancellation, and a checker that finds a change of one seat.</summary>
public sealed class PlanTests
{
    [Fact]
    public void Any_number_of_threads_gives_the_same_bytes()
    {
        var season = Build.Crowd(260, 5);
        var text = Build.Text(Build.Solve(season, threads: 1, effort: 0.1));
        Build.Text(Build.Solve(season, threads: 2, effort: 0.1)).ShouldBe(text);
        Build.Text(Build.Solve(season, threads: 5, effort: 0.1)).ShouldBe(text);
    }

    [Fact]
    public void A_plan_changed_by_one_seat_does_not_pass()
    {
        var season = Build.Season([Build.Pool("p", 10)], Build.Ask("a", 5, Build.At(0, [4])), Build.Ask("b", 5, Build.At(0, [6])));
        var plan = Build.Solve(season);
        PlanChecker.Faults(season, plan).ShouldBeEmpty();
        var smaller = season with { Pools = [Build.Pool("p", 9)] };
        PlanChecker.Faults(smaller, plan).ShouldNotBeEmpty();
        PlanChecker.Faults(season, plan with { Assignments = [plan.Assignments[0] with { Seats = 3 }, plan.Assignments[1]] }).ShouldNotBeEmpty();
        PlanChecker.Faults(season, plan with { Objective = plan.Objective with { Bound = 9.5 } }).ShouldNotBeEmpty();
        PlanChecker.Faults(season, plan with { Objective = plan.Objective with { Value = 11 } }).ShouldNotBeEmpty();
    }

    [Fact]
    public void A_solve_cancelled_at_the_start_returns_a_valid_plan()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        var season = Build.Crowd(300, 9);
        var plan = PlanSolver.Solve(season, new SolveBudget(), null, null, cancelled.Token);
        plan.StopReason.ShouldBe(StopReason.Cancelled);
        plan.Assignments.Count(row => season.Requests.Single(request => request.Id == row.Request).Current is not null)
            .ShouldBe(season.Requests.Count(request => request.Current is not null));
    }

    [Fact]
    public void The_bound_from_prices_is_never_below_the_best_value()
    {
        for (var seed = 10_000; seed < 10_700; seed++)
        {
            var instance = TinySeasons.Draw(seed);
            var (value, _, _, _) = TinyOracle.Solve(instance);
            var run = new SolveRun(new SolveBudget { Threads = 1 }, null, new StopSignal(null, CancellationToken.None));
            run.Start(Presolve.Run(instance));
            ShortfallReduction.Run(run.Incumbent, run.Exact, 1, new StopSignal(null, CancellationToken.None));
            MandatoryStage.Run(run);
            Price.Run(run);
            run.Bound.ShouldBeGreaterThanOrEqualTo(value - 1e-9, instance.Name);
        }
    }

    [Fact]
    public void The_bound_of_two_requests_for_one_place_is_the_fractional_optimum()
    {
        // Ten seats; requests of 6 seats with values 6 and 5: the relaxation serves the first and four sixths of the second: 6 + 5 × 4/6 = 9.33.
        var run = new SolveRun(new SolveBudget { Threads = 1 }, null, new StopSignal(null, CancellationToken.None));
        run.Start(Presolve.Run(Build.Season([Build.Pool("p", 10)], Build.Ask("a", 6, Build.At(0, [6])), Build.Ask("b", 5, Build.At(0, [6])))));
        MandatoryStage.Run(run);
        Price.Run(run);
        run.Bound.ShouldBe(6 + (5 * 4 / 6.0), 1e-3);
        run.Prices.Price[0].ShouldBe(5 / 6.0, 1e-2);
    }

    [Property(MaxTest = 100)]
    public void Taking_and_returning_are_exact_inverses(int seed)
    {
        var season = Presolve.Run(Build.Crowd(30, seed & 0xffff));
        var (table, usage) = (season.Table, new Usage(season.Table));
        var random = new Random(seed);
        var taken = new List<(int Request, int Option, int Seats)>();
        for (var r = 0; r < table.Requests; r++)
        {
            if (table.FirstOption[r] == table.FirstOption[r + 1])
                continue;
            var option = random.Next(table.FirstOption[r], table.FirstOption[r + 1]);
            var seats = table.IsSplit(r) ? random.Next(table.MinPart[r], table.Size[r] + 1) : table.Size[r];
            usage.Take(r, option, seats);
            taken.Add((r, option, seats));
        }
        foreach (var (request, option, seats) in taken)
            usage.Return(request, option, seats);
        usage.Free.ShouldBe(table.Capacity);
    }

    [Fact]
    public void WhatIf_names_the_requests_that_gain_by_more_seats()
    {
        var season = Build.Season([Build.Pool("p", 10)], Build.Ask("a", 6, Build.At(0, [6])), Build.Ask("b", 5, Build.At(0, [6])));
        var plan = Build.Solve(season);
        CapacityChange[] more = [new("p", Build.At(0), Build.At(1), 2)];
        var difference = WhatIf.Run(season, plan, more, new SolveBudget(), TestContext.Current.CancellationToken);
        (difference.Lost.Count, difference.Moved.Count, difference.ValueChange, difference.SeatsChange).ShouldBe((0, 0, 5, 6));
        difference.Gained.ShouldHaveSingleItem().ShouldBe("b");
    }
}
