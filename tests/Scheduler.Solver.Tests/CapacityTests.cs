using NodaTime;

namespace Scheduler.Solver.Tests;

/// <summary>The least capacity as a range, and the curve of machine hours against unserved seats.</summary>
public sealed class CapacityTests
{
    private static readonly SolveBudget Budget = new() { Effort = 0.3 };

    [Fact]
    public void The_least_capacity_moves_requests_before_it_adds_machines()
    {
        // a and b want 14:00, with 8 seats each of 10. With a at 15:00 nothing is missing but the 3 seats of c, which can only come at 15:00.
        var season = Build.Season(
            [Build.Pool("p", 10, 10)], Build.Ask("a", 8, Build.At(0, [8]), Build.At(1, [8], 1)), Build.Ask("b", 8, Build.At(0, [8])),
            Build.Ask("c", 1, Build.At(1, [5])));
        var least = LeastCapacity.Of(season, Build.Solve(season), Budget, TestContext.Current.CancellationToken);
        (least.LowerMachineHours, least.UpperMachineHours).ShouldBe((1, 3));
        least.Where.ShouldHaveSingleItem().ShouldBe(new AddedSeats("p", Build.At(1), 3));
        least.Plan!.Unserved.ShouldBeEmpty();
    }

    [Fact]
    public void A_closed_hour_can_be_opened()
    {
        var season = Build.Season([Build.Pool("p", 10)], Build.Ask("a", 8, Build.At(5, [4, 2])));
        var least = LeastCapacity.Of(season, Build.Solve(season), Budget, TestContext.Current.CancellationToken);
        (least.LowerMachineHours, least.UpperMachineHours).ShouldBe((6, 6));
        least.Where.ShouldBe([new AddedSeats("p", Build.At(5), 4), new AddedSeats("p", Build.At(6), 2)]);
    }

    [Fact]
    public void The_range_of_tiny_seasons_contains_the_truth_ways_to_serve_everybody()
    {
        var (open, exact) = (0, 0);
        for (var seed = 60_000; seed < 60_400; seed++)
        {
            var drawn = TinySeasons.Draw(seed);
            var season = drawn with
            {
                Requests = [.. drawn.Requests.Where(request => request.Candidates.Count > 0).Select(request => request with { Value = 9, Current = null })],
            };
            if (LeastOfAll(season) is not { } truth)
                continue;
            var least = LeastCapacity.Of(season, Build.Solve(season, effort: 0.1), Budget, TestContext.Current.CancellationToken);
            if (least.Plan!.Unserved.Count > 0)
                continue;
            least.LowerMachineHours.ShouldBeLessThanOrEqualTo(truth, season.Name);
            least.UpperMachineHours.ShouldBeGreaterThanOrEqualTo(truth, season.Name);
            Passes(season, least.Where, least.Plan!);
            (open, exact) = (open + (truth > 0 ? 1 : 0), exact + (least.UpperMachineHours == truth ? 1 : 0));
        }
        open.ShouldBeGreaterThan(100);
        exact.ShouldBeGreaterThan(open);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void In_a_crowd_the_plan_with_the_added_seats_passes_the_checker_and_serves_what_limits_allow(int seed)
    {
        var season = Build.Crowd(300, seed, load: 2);
        var least = LeastCapacity.Of(season, Build.Solve(season, effort: 0.3), Budget, TestContext.Current.CancellationToken);
        Passes(season, least.Where, least.Plan!);
        least.LowerMachineHours.ShouldBeInRange(1, least.UpperMachineHours);
        var receipts = Receipts.Of(OpenSeason.Raised(season, least.Where), least.Plan!, TestContext.Current.CancellationToken);
        receipts.ShouldAllBe(receipt => receipt.LimitSeats > 0);
        receipts.Count.ShouldBe(least.Plan!.Unserved.Count);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(8)]
    public void No_point_of_the_curve_is_dominated_and_each_is_a_plan_for_its_capacity(int seed)
    {
        var season = Build.Crowd(300, seed, load: 2);
        var plan = Build.Solve(season, effort: 0.3);
        var curve = CapacityCurve.Of(season, plan, 8, Budget, cancel: TestContext.Current.CancellationToken);
        curve.Points.Count.ShouldBeInRange(5, 8);
        (curve.Points[0].AddedMachineHours, curve.Points[0].Served).ShouldBe((0, plan.Objective.ServedSeats));
        for (var at = 1; at < curve.Points.Count; at++)
        {
            curve.Points[at].MachineHours.ShouldBeGreaterThan(curve.Points[at - 1].MachineHours);
            curve.Points[at].Served.ShouldBeGreaterThan(curve.Points[at - 1].Served);
            curve.Points[at].Where.Sum(row => row.Seats).ShouldBe((long)curve.Points[at].AddedMachineHours);
            Passes(season, curve.Points[at].Where, curve.Points[at].Plan!);
        }
        curve.Points[^1].Served.ShouldBe(curve.LeastCapacity.Plan!.Objective.ServedSeats);
        curve.Knee.ShouldBeInRange(1, curve.Points.Count - 2);
        var again = CapacityCurve.Of(season, plan, 8, Budget with { Threads = 1 }, cancel: TestContext.Current.CancellationToken);
        again.Points.Select(point => (point.MachineHours, point.Served)).ShouldBe(curve.Points.Select(point => (point.MachineHours, point.Served)));
    }

    private static void Passes(Instance season, IReadOnlyList<AddedSeats> where, Plan plan) =>
        PlanChecker.Faults(OpenSeason.Raised(season, where), plan).ShouldBeEmpty();

    /// <summary>The fewest machine hours with which every request is served in full, over all ways to serve them; null where limits forbid all.</summary>
    private static long? LeastOfAll(Instance season)
    {
        long? least = null;
        var chosen = new List<(Request Request, int Candidate, int Seats)>();
        Try(0);
        return least;

        void Try(int r)
        {
            if (r == season.Requests.Count)
            {
                if (Added(season, chosen) is { } added)
                    least = Math.Min(least ?? long.MaxValue, added);
                return;
            }
            foreach (var way in Ways(season.Requests[r], 0, Size(season.Requests[r])))
            {
                chosen.AddRange(way);
                Try(r + 1);
                chosen.RemoveRange(chosen.Count - way.Count, way.Count);
            }
        }
    }

    private static IEnumerable<List<(Request Request, int Candidate, int Seats)>> Ways(Request request, int k, int left)
    {
        if (k == request.Candidates.Count)
            return left == 0 && request.MinGroup is not null ? [[]] : [];
        if (request.MinGroup is not { } group)
            return Ways(request, k + 1, left).Prepend([(request, k, left)]);
        var least = Math.Min(group, Size(request));
        return Enumerable.Range(least, Math.Max(0, left - least + 1))
            .SelectMany(seats => Ways(request, k + 1, left - seats).Select(way => (List<(Request, int, int)>)[(request, k, seats), .. way]))
            .Concat(Ways(request, k + 1, left));
    }

    private static long? Added(Instance season, List<(Request Request, int Candidate, int Seats)> chosen)
    {
        var slot = Duration.FromMinutes(season.SlotMinutes);
        var rows = chosen.SelectMany(part => part.Request.Candidates[part.Candidate].Seats.Select((seats, at) => (
            part.Request, part.Request.Candidates[part.Candidate].Pool, Start: part.Request.Candidates[part.Candidate].Start + (slot * at),
            Seats: (long)Math.Ceiling((decimal)seats * part.Seats / Math.Max(1, Size(part.Request)))))).Where(row => row.Seats > 0).ToList();
        foreach (var institution in season.Institutions)
        {
            foreach (var limit in institution.Limits)
            {
                var own = rows.Where(row => row.Request.Institution == institution.Id && row.Request.Limit == limit.Kind).ToList();
                if (own.Any(edge => own.Where(row => row.Start <= edge.Start && edge.Start < row.Start + slot).Sum(row => row.Seats) > limit.Capacity))
                    return null;
            }
        }
        return rows.GroupBy(row => (row.Pool, row.Start)).Sum(group => Math.Max(0, group.Sum(row => row.Seats)
            - season.Pools.Single(pool => pool.Id == group.Key.Pool).Slots.Where(one => one.Start == group.Key.Start).Sum(one => one.Capacity)));
    }

    private static int Size(Request request) => request.Candidates.SelectMany(candidate => candidate.Seats).DefaultIfEmpty(0).Max();
}
