using NodaTime;

namespace Scheduler.Solver.Tests;

/// <summary>The rows of <c>blockedBy</c>: one for each candidate where at least one seat is missing, its tightest.</summary>
public sealed class ExplainTests
{
    [Fact]
    public void The_rest_of_a_split_request_needs_what_is_left_or_the_smallest_part_where_it_has_none()
    {
        // The format's example: 40 seats, minGroup 10, 35 served at 14:00, which is then full. At 16:00 6 seats are free.
        var split = Build.Ask("a", 40, Build.At(0, [40]), Build.At(2, [40])) with { MinGroup = 10 };
        var plan = Build.Solve(Build.Season([Build.Pool("p", 35, 0, 6)], split));
        var unserved = plan.Unserved.ShouldHaveSingleItem();
        unserved.Seats.ShouldBe(5);
        unserved.BlockedBy.ShouldBe([new Blocked("p", Build.At(0), 5, null), new Blocked("p", Build.At(2), 4, null)]);
    }

    [Fact]
    public void A_request_that_stands_in_its_own_way_alone_is_full_and_not_outbid()
    {
        // 18 seats in parts of 5, and 12 seats in the only hour, where nobody else sits: a part of 12 or less leaves a rest.
        var alone = Build.Ask("a", 18, Build.At(0, [18])) with { MinGroup = 5 };
        var unserved = Build.Solve(Build.Season([Build.Pool("p", 12)], alone)).Unserved.ShouldHaveSingleItem();
        (unserved.Seats, unserved.Reason).ShouldBe((6, UnservedReason.Full));
        // Beside a request of greater value the rest could sit, so there it is outbid.
        var other = Build.Ask("b", 900, Build.At(0, [6]));
        var plan = Build.Solve(Build.Season([Build.Pool("p", 18)], alone, other));
        plan.Unserved.ShouldHaveSingleItem().Reason.ShouldBe(UnservedReason.Outbid);
    }

    [Fact]
    public void A_request_that_is_not_worth_its_cost_has_no_row_where_it_would_fit()
    {
        var plan = Build.Solve(Build.Season([Build.Pool("p", 10, 3)], Build.Ask("a", 5, Build.At(0, [5], cost: 6), Build.At(1, [5], cost: 6))));
        var unserved = plan.Unserved.ShouldHaveSingleItem();
        (unserved.Reason, unserved.SmallestExtraSeats).ShouldBe((UnservedReason.NotWorthIt, 2));
        unserved.BlockedBy.ShouldHaveSingleItem().ShouldBe(new Blocked("p", Build.At(1), 2, null));
    }

    [Fact]
    public void Rows_of_tiny_seasons_are_those_that_the_format_asks_for()
    {
        var partly = 0;
        for (var seed = 20_000; seed < 20_400; seed++)
        {
            var instance = TinySeasons.Draw(seed);
            var plan = Build.Solve(instance, effort: 0.1);
            foreach (var unserved in plan.Unserved)
            {
                var request = instance.Requests.Single(request => request.Id == unserved.Request);
                partly += plan.Assignments.Any(row => row.Request == request.Id) ? 1 : 0;
                var expected = Enumerable.Range(0, request.Candidates.Count).Select(k => Tightest(instance, plan, request, k)).Where(missing => missing > 0);
                unserved.BlockedBy.Select(row => row.SeatsMissing).ShouldBe(expected, $"{instance.Name} {request.Id}");
            }
        }
        partly.ShouldBeGreaterThan(5);
    }

    /// <summary>The most seats that a candidate lacks in any of its slots, from the format alone.</summary>
    private static long Tightest(Instance instance, Plan plan, Request request, int k)
    {
        var own = plan.Assignments.Where(row => row.Request == request.Id).ToList();
        var size = Size(request);
        var left = size - own.Sum(row => row.Seats);
        var part = own.Where(row => row.Candidate == k).Sum(row => row.Seats);
        var seats = part > 0 ? left : Math.Max(left, Math.Min(request.MinGroup ?? size, size));
        var (candidate, slot, most) = (request.Candidates[k], Duration.FromMinutes(instance.SlotMinutes), 0L);
        for (var at = 0; at < candidate.Seats.Count; at++)
        {
            var need = Up(candidate.Seats[at] * (part + seats), size) - Up(candidate.Seats[at] * part, size);
            if (candidate.Seats[at] == 0)
                continue;
            var start = candidate.Start + (slot * at);
            var capacity = instance.Pools.Single(pool => pool.Id == candidate.Pool).Slots.Where(one => one.Start == start).Sum(one => one.Capacity);
            most = Math.Max(most, need - capacity + Taken(start, (other, takes) => takes.Pool == candidate.Pool));
            var limit = instance.Institutions.Single(one => one.Id == request.Institution).Limits.Where(one => one.Kind == request.Limit).ToList();
            foreach (var instant in limit.Count == 0 ? [] : new[] { start, start + (slot / 2) })
                most = Math.Max(most, need - limit[0].Capacity + Taken(instant, (other, _) => SharesLimit(request, other)));
        }
        return most;

        // Seats in use at an instant; grids lie half a slot apart, so slots change only at halves.
        long Taken(Instant instant, Func<Request, Candidate, bool> counts)
        {
            var sum = 0L;
            foreach (var row in plan.Assignments)
            {
                var other = instance.Requests.Single(one => one.Id == row.Request);
                var takes = other.Candidates[row.Candidate];
                for (var at = 0; at < takes.Seats.Count && counts(other, takes); at++)
                {
                    if (takes.Start + (slot * at) <= instant && instant < takes.Start + (slot * (at + 1)))
                        sum += Up(takes.Seats[at] * row.Seats, Size(other));
                }
            }
            return sum;
        }
    }

    private static bool SharesLimit(Request one, Request other) => one.Institution == other.Institution && one.Limit == other.Limit;

    private static long Up(long amount, int size) => size == 0 ? 0 : (amount + size - 1) / size;

    private static int Size(Request request) => request.Candidates.SelectMany(candidate => candidate.Seats).DefaultIfEmpty(0).Max();
}
