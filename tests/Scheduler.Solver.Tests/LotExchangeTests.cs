namespace Scheduler.Solver.Tests;

/// <summary>R16: of requests that ask for the same, the earlier lot gets the better place, and nothing that the plan aims at changes.</summary>
public sealed class LotExchangeTests
{
    [Fact]
    public void R16_the_earlier_lot_is_served_and_the_other_has_its_reason()
    {
        var season = Twins(capacity: [4], []);
        foreach (var first in new[] { "r0", "r1" })
        {
            var (plan, places) = Drawn(season, first);
            plan.Assignments.ShouldHaveSingleItem().Request.ShouldBe(first);
            plan.Unserved.ShouldHaveSingleItem().Request.ShouldNotBe(first);
            places.Count.ShouldBeOneOf(0, 2);
        }
    }

    [Fact]
    public void R16_the_earlier_lot_sits_nearer_to_its_wish()
    {
        var season = Twins(capacity: [4, 4], []);
        foreach (var first in new[] { "r0", "r1" })
            Drawn(season, first).Plan.Assignments.ToDictionary(row => row.Request, row => row.Candidate)[first].ShouldBe(0);
    }

    /// <summary>The second school sits already at the hour, and its lab has no seat left for this request.</summary>
    [Fact]
    public void R16_a_lot_does_not_break_the_limit_of_a_school()
    {
        var sits = new Request
        {
            Id = "sits", Institution = "b", Value = 0, Limit = LimitKind.Lab, Current = new(0, false, 0), Candidates = [Build.At(0, [2])],
        };
        var season = Twins(capacity: [6], [sits]) with
        {
            Institutions = [new("a", []), new("b", [new(LimitKind.Lab, 5)])],
        };
        Drawn(season, "r1").Plan.Assignments.ShouldContain(row => row.Request == "r0");
    }

    /// <summary>The first school has another request that is served, so it would be better off than before, and the other school worse off.</summary>
    [Fact]
    public void R16_a_lot_does_not_make_a_plan_less_fair()
    {
        var more = new Request { Id = "more", Institution = "a", Value = 50, Candidates = [Build.At(1, [4])] };
        var season = Twins(capacity: [4, 4], [more]);
        season = season with { Requests = [.. season.Requests.Select(request => request with { Candidates = [request.Candidates[0]] })] };
        Drawn(season, "r0").Plan.Assignments.Select(row => row.Request).Order().ShouldBe(["more", "r1"]);
    }

    /// <summary>Seasons with twins of every request, in any order of lots: the plan stays right, with the same figures and the same served ratios.</summary>
    [Fact]
    public void R16_lots_change_who_sits_where_and_nothing_that_a_plan_aims_at()
    {
        var exchanged = 0;
        for (var seed = 1; seed <= 500; seed++)
        {
            var drawn = TinySeasons.Draw(seed);
            // Requests that take part in the exchange, mostly.
            drawn = drawn with
            {
                Requests =
                [
                    .. drawn.Requests.Select((request, i) =>
                        i == 0 ? request : request with { Value = Math.Abs(request.Value) + 1, MinGroup = null, Mandatory = false, Current = null }),
                ],
            };
            var season = drawn with
            {
                Institutions = [.. drawn.Institutions, .. drawn.Institutions.Select(school => school with { Id = school.Id + "t" })],
                Requests =
                [
                    .. drawn.Requests,
                    .. drawn.Requests.Where(request => request.Current is null)
                        .Select(request => request with { Id = request.Id + "t", Institution = request.Institution + "t" }),
                ],
            };
            var solved = Build.Solve(season);
            string[] order = [.. season.Requests.Select(request => request.Id)];
            new Random(seed).Shuffle(order);
            var (plan, places) = LotExchange.Run(season, solved, order);
            PlanChecker.Faults(season, plan).ShouldBeEmpty($"seed {seed}");
            plan.Objective.ShouldBe(solved.Objective);
            Ratios(season, plan).ShouldBe(Ratios(season, solved), $"seed {seed}");
            LotExchange.Run(season, plan, order).Places.ShouldBeEmpty($"seed {seed}: a second exchange has nothing to do");
            exchanged += places.Count;
        }

        exchanged.ShouldBeGreaterThan(12);
    }

    private static (Plan Plan, System.Collections.Immutable.ImmutableDictionary<string, string> Places) Drawn(Instance season, string first)
    {
        var (plan, places) = LotExchange.Run(season, Build.Solve(season), [first, .. season.Requests.Select(request => request.Id).Where(id => id != first)]);
        PlanChecker.Faults(season, plan).ShouldBeEmpty();
        return (plan, places);
    }

    /// <summary>Two requests of two schools for four seats, at 14:00 or for a cost an hour later.</summary>
    private static Instance Twins(int[] capacity, Request[] more) => Build.Season(
        [Build.Pool("p", capacity)],
        [
            .. more,
            .. new[] { ("r0", "a"), ("r1", "b") }.Select(ask => new Request
            {
                Id = ask.Item1, Institution = ask.Item2, Value = 4, Limit = LimitKind.Lab,
                Candidates = [.. Enumerable.Range(0, capacity.Length).Select(k => Build.At(k, [4], k * 0.5))],
            }),
        ]) with
    {
        Institutions = [new("a", []), new("b", [])],
    };

    private static double[] Ratios(Instance season, Plan plan) =>
    [
        .. season.Institutions.Select(school =>
        {
            var own = season.Requests.Where(request => request.Institution == school.Id).ToList();
            var asked = own.Sum(PlanRoom.SizeOf);
            return asked == 0 ? 1 : plan.Assignments.Where(row => own.Exists(request => request.Id == row.Request)).Sum(row => row.Seats) / (double)asked;
        }).Order(),
    ];
}
