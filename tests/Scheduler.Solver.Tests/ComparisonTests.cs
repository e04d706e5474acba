using NodaTime;

namespace Scheduler.Solver.Tests;

/// <summary>A plan against today and against first come first served.</summary>
public sealed class ComparisonTests
{
    [Fact]
    public void Seats_ratios_moves_and_loads_are_those_of_the_three_plans()
    {
        // a sits at 14:00 and may move. In the queue b finds no room for 8 at 14:00; the plan moves a to 15:00.
        var sits = Build.Ask("a", 10, Build.At(0, [6]), Build.At(1, [6], 0.5)) with { Current = new CurrentPlace(0, true, 0.5) };
        var other = Build.Ask("b", 8, Build.At(0, [8])) with { Institution = "j" };
        var season = Build.Season([Build.Pool("p", 10, 10)], sits, other) with { Institutions = [new Institution("i", []), new Institution("j", [])] };
        var cancel = TestContext.Current.CancellationToken;
        var comparison = PlanComparison.Of(season, Build.Solve(season), FirstComeFirstServed.Run(season, cancel: cancel), cancel);
        comparison.Today.ShouldBe(new PlanCounts(6, 14, 1, 2, 0, 0, 0, 0));
        comparison.FirstComeFirstServed.ShouldBe(comparison.Today);
        comparison.Plan.ShouldBe(new PlanCounts(14, 14, 2, 2, 6, 6, 1, 1));
        comparison.Institutions.ShouldBe(
            [new InstitutionComparison("i", 6, 6, 6, 6, 6, 1) { LongestDisplacement = 1 }, new InstitutionComparison("j", 8, 8, 0, 0, 8, 0)]);
        (comparison.Institutions[1].RatioBefore, comparison.Institutions[1].RatioAfter).ShouldBe((0, 1));
        comparison.Slots.ShouldBe([new SlotLoad("p", Build.At(0), 10, 6, 6, 8), new SlotLoad("p", Build.At(1), 10, 0, 0, 6)]);
        SlotLoad.ByDay(comparison.Slots, _ => DateTimeZone.Utc).ShouldHaveSingleItem()
            .ShouldBe((new LocalDate(2026, 12, 7), new SlotLoad("p", Build.At(0), 20, 6, 6, 14)));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void In_a_crowd_the_figures_agree_with_those_of_the_plans(int seed)
    {
        var (season, cancel) = (Build.Crowd(300, seed, load: 2), TestContext.Current.CancellationToken);
        var (plan, queue) = (Build.Solve(season, effort: 0.3), FirstComeFirstServed.Run(season, cancel: cancel));
        var comparison = PlanComparison.Of(season, plan, queue, cancel);
        foreach (var (counts, of) in new[] { (comparison.Plan, plan), (comparison.FirstComeFirstServed, queue) })
        {
            (counts.ServedSeats, counts.RequestedSeats, counts.Moves).ShouldBe((of.Objective.ServedSeats, of.Objective.RequestedSeats, of.Objective.Moves));
            counts.WorstRatio.ShouldBe(of.Objective.WorstInstitutionRatio, 1e-12);
            (counts.Requests - counts.ServedRequests).ShouldBe(of.Unserved.Count);
        }
        comparison.Institutions.Sum(one => one.Plan).ShouldBe(plan.Objective.ServedSeats);
        comparison.Institutions.Sum(one => one.Moves).ShouldBe(plan.Objective.Moves);
        comparison.Slots.ShouldAllBe(slot => slot.Plan <= slot.Capacity || slot.Today > slot.Capacity);
    }
}
