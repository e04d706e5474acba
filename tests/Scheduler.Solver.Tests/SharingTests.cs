using LinearProgram = Google.OrTools.LinearSolver.Solver;

namespace Scheduler.Solver.Tests;

/// <summary>Compares sharing by search with a linear program, in seasons too large for the exact model. The program gives the greatest worst ratio within the
/// slack when requests may be served in fractions. It shares no code with the solver.</summary>
public sealed class SharingTests
{
    [Theory]
    [InlineData(2_500, 3)]
    [InlineData(3_000, 4)]
    public void The_worst_institution_comes_near_what_a_linear_program_allows(int requests, int seed)
    {
        var instance = Build.Crowd(requests, seed, 1.2) with { Institutions = [.. Enumerable.Range(0, 10).Select(k => new Institution($"i{k}", []))] };
        instance = instance with
        {
            Requests = [.. instance.Requests.Select(request => request with { Mandatory = false, Current = null, Limit = null, MinGroup = null })],
        };
        var plan = Build.Solve(instance);
        var highest = HighestWorst(instance, plan.Objective.ValueBeforeSharing * (1 - instance.FairnessSlack));
        plan.Objective.Value.ShouldBeGreaterThanOrEqualTo(plan.Objective.ValueBeforeSharing * (1 - instance.FairnessSlack) - 1e-6);
        plan.Objective.WorstInstitutionRatio.ShouldBeLessThanOrEqualTo(highest + 1e-6);
        plan.Objective.WorstInstitutionRatio.ShouldBeGreaterThan(highest - 0.05, $"at most {highest}");
    }

    [Theory]
    [InlineData(21)]
    [InlineData(22)]
    [InlineData(23)]
    public void Shared_by_search_a_small_season_is_never_fairer_than_shared_exactly_and_not_far_from_it(int seed)
    {
        var random = new Random(seed);
        const int Slots = 8;
        var asks = Enumerable.Range(0, 20).Select(index =>
        {
            var (size, length) = (random.Next(2, 9), random.Next(1, 4));
            var first = random.Next(0, Slots - length + 1);
            return Build.Ask($"r{index}", size, [.. Enumerable.Range(Math.Max(0, first - 1), 3).Where(at => at + length <= Slots)
                .Select(at => Build.At(at, [.. Enumerable.Repeat(size, length)], 0.25 * Math.Abs(at - first)))]) with
            { Institution = $"i{index % 4}" };
        }).ToArray();
        var asked = asks.Sum(ask => ask.Candidates[0].Seats.Sum());
        var season = Build.Season([Build.Pool("p", [.. Enumerable.Repeat(asked / (2 * Slots), Slots)])], asks) with
        { FairnessSlack = 0.05, Institutions = [.. Enumerable.Range(0, 4).Select(k => new Institution($"i{k}", []))] };
        var (exact, search) = (Share(season, false), Share(season, true));
        exact.Objective.GapBeforeSharing.ShouldBe(0, 1e-9);
        search.Objective.WorstInstitutionRatio.ShouldBeLessThanOrEqualTo(exact.Objective.WorstInstitutionRatio + 1e-6);
        search.Objective.WorstInstitutionRatio.ShouldBeGreaterThanOrEqualTo(exact.Objective.WorstInstitutionRatio - 0.2);
    }

    private static Plan Share(Instance season, bool bySearch) =>
        PlanSolver.Solve(season, new SolveBudget { Threads = 1, SharesBySearch = bySearch }, null, null, TestContext.Current.CancellationToken);

    private static double HighestWorst(Instance instance, double floor)
    {
        using var solver = LinearProgram.CreateSolver("GLOP");
        var worst = solver.MakeNumVar(0, 1, "");
        var value = solver.MakeConstraint(floor, double.PositiveInfinity, "");
        var rooms = instance.Pools.SelectMany(pool => pool.Slots.Select(slot => (Key: (pool.Id, slot.Start), slot.Capacity)))
            .ToDictionary(slot => slot.Key, slot => solver.MakeConstraint(double.NegativeInfinity, slot.Capacity, ""));
        foreach (var own in instance.Requests.GroupBy(request => request.Institution))
        {
            var served = solver.MakeConstraint(0, double.PositiveInfinity, "");
            var asked = 0L;
            foreach (var request in own)
            {
                var one = solver.MakeConstraint(double.NegativeInfinity, 1, "");
                asked += request.Candidates[0].Seats[0];
                foreach (var candidate in request.Candidates)
                {
                    var take = solver.MakeNumVar(0, 1, "");
                    one.SetCoefficient(take, 1);
                    served.SetCoefficient(take, candidate.Seats[0]);
                    value.SetCoefficient(take, request.Value - candidate.Cost);
                    for (var k = 0; k < candidate.Seats.Count; k++)
                        rooms[(candidate.Pool, candidate.Start + (NodaTime.Duration.FromHours(1) * k))].SetCoefficient(take, candidate.Seats[k]);
                }
            }
            served.SetCoefficient(worst, -asked);
        }
        solver.Objective().SetCoefficient(worst, 1);
        solver.Objective().SetMaximization();
        solver.Solve().ShouldBe(LinearProgram.ResultStatus.OPTIMAL);
        return worst.SolutionValue();
    }
}
