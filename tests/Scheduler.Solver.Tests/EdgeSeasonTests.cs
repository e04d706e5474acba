namespace Scheduler.Solver.Tests;

/// <summary>Edge cases of the format. Each test has its sum worked out by hand.</summary>
public sealed class EdgeSeasonTests
{
    [Fact]
    public void An_instance_without_pools_and_requests_has_a_plan()
    {
        var plan = Build.Solve(Build.Season([]));
        (plan.Objective.Value, plan.Objective.Bound, plan.Objective.Gap).ShouldBe((0, 0, 0));
        plan.StopReason.ShouldBe(StopReason.Converged);
    }

    [Fact]
    public void Without_capacity_every_request_is_too_big()
    {
        var plan = Build.Solve(Build.Season([Build.Pool("p", 0)], Build.Ask("a", 5, Build.At(0, [1])), Build.Ask("b", 5, Build.At(3, [1]))));
        plan.Unserved.Select(row => row.Reason).ShouldBe([UnservedReason.TooBig, UnservedReason.TooBig]);
        plan.Objective.Bound.ShouldBe(0);
    }

    [Fact]
    public void A_request_without_candidates_has_that_reason()
    {
        var plan = Build.Solve(Build.Season([Build.Pool("p", 5)], Build.Ask("a", 5)));
        plan.Unserved.ShouldHaveSingleItem().Reason.ShouldBe(UnservedReason.NoCandidates);
    }

    [Fact]
    public void Of_two_requests_as_large_as_the_pool_the_more_valuable_one_outbids_the_other()
    {
        var plan = Build.Solve(Build.Season([Build.Pool("p", 10)], Build.Ask("a", 5, Build.At(0, [10])), Build.Ask("b", 7, Build.At(0, [10]))));
        plan.Assignments.ShouldHaveSingleItem().Request.ShouldBe("b");
        var outbid = plan.Unserved.ShouldHaveSingleItem();
        (outbid.Reason, outbid.SmallestExtraSeats).ShouldBe((UnservedReason.Outbid, 10));
    }

    [Fact]
    public void A_request_without_room_beside_a_fixed_one_has_the_reason_full()
    {
        var current = Build.Ask("a", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, false, 0) };
        var plan = Build.Solve(Build.Season([Build.Pool("p", 10)], current, Build.Ask("b", 70, Build.At(0, [5]))));
        var full = plan.Unserved.ShouldHaveSingleItem();
        // Five seats are needed and 10 − 8 = 2 are left, so 3 are missing.
        (full.Reason, full.SmallestExtraSeats).ShouldBe((UnservedReason.Full, 3));
    }

    [Fact]
    public void A_request_that_costs_more_than_its_value_is_not_served()
    {
        var plan = Build.Solve(Build.Season([Build.Pool("p", 10)], Build.Ask("a", 5, Build.At(0, [5], cost: 6))));
        plan.Unserved.ShouldHaveSingleItem().Reason.ShouldBe(UnservedReason.NotWorthIt);
    }

    [Fact]
    public void Fixed_requests_may_overfill_a_slot_and_the_rest_is_planned()
    {
        var one = Build.Ask("a", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, false, 0) };
        var two = Build.Ask("b", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, false, 0) };
        var plan = Build.Solve(Build.Season([Build.Pool("p", 10, 10)], one, two, Build.Ask("c", 3, Build.At(0, [1]), Build.At(1, [1], 0.5))));
        var shortfall = plan.Shortfall.ShouldHaveSingleItem();
        (shortfall.Pool, shortfall.Start, shortfall.Seats).ShouldBe(("p", Build.At(0), 6));
        plan.Assignments.Single(row => row.Request == "c").Candidate.ShouldBe(1);
    }

    [Fact]
    public void A_movable_assignment_leaves_an_overfull_slot()
    {
        var stays = Build.Ask("a", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, false, 0) };
        var moves = Build.Ask("b", 1, Build.At(0, [8]), Build.At(1, [8])) with { Current = new CurrentPlace(0, true, 5) };
        var plan = Build.Solve(Build.Season([Build.Pool("p", 10, 10)], stays, moves));
        plan.Shortfall.ShouldBeEmpty();
        // 1 + 1 less the move's 5: a high move cost does not justify a shortfall.
        (plan.Objective.Moves, plan.Objective.Value, plan.Objective.Bound).ShouldBe((1, -3, -3));
    }

    [Fact]
    public void Limits_hold_across_pools_whose_grids_lie_half_an_hour_apart()
    {
        var half = new Pool("q", [new PoolSlot(Build.At(0.5), 10)]);
        var season = Build.Season(
            [Build.Pool("p", 10, 10), half],
            Build.Ask("a", 5, Build.At(0, [3])) with { Limit = LimitKind.Lab },
            Build.Ask("b", 4, Build.At(1, [3])) with { Limit = LimitKind.Lab },
            Build.Ask("c", 6, Build.At(0.5, [3], pool: "q")) with { Limit = LimitKind.Lab }) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 5)])] };
        var plan = Build.Solve(season);
        // c runs from 14:30 to 15:30 and overlaps a and b, which follow each other: 5 + 4 is more than 6.
        plan.Assignments.Select(row => row.Request).ShouldBe(["a", "b"]);
        plan.Unserved.ShouldHaveSingleItem().Reason.ShouldBe(UnservedReason.Limit);
    }

    [Fact]
    public void Parts_are_no_smaller_than_minGroup_and_round_up()
    {
        // Size 10, smallest part 4: 6 seats fit at 14:00 and 4 at 15:00. At 15:00 the second slot takes ⌈4 × 3 / 10⌉ = 2.
        var split = Build.Ask("a", 10, Build.At(0, [10]), Build.At(1, [10, 3])) with { MinGroup = 4 };
        var plan = Build.Solve(Build.Season([Build.Pool("p", 6, 5, 2)], split));
        plan.Assignments.Sum(row => row.Seats).ShouldBe(10);
        plan.Assignments.ShouldAllBe(row => row.Seats >= 4 && row.Seats <= 6);
        plan.Objective.Value.ShouldBe(10, 1e-9);
    }

    [Fact]
    public void The_greatest_mandatory_value_is_served_first_and_the_rest_is_listed()
    {
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 10)],
            Build.Ask("a", 5, Build.At(0, [6])) with { Mandatory = true },
            Build.Ask("b", 4, Build.At(0, [6])) with { Mandatory = true },
            Build.Ask("c", 500, Build.At(0, [6]))));
        plan.Assignments.ShouldHaveSingleItem().Request.ShouldBe("a");
        plan.Objective.Bound.ShouldBe(5, 1e-9);
        plan.Unserved.Single(row => row.Request == "b").Reason.ShouldBe(UnservedReason.Outbid);
    }

    [Fact]
    public void Profiles_may_rise_or_have_a_pause()
    {
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 3, 1, 3)],
            Build.Ask("empty", 1, Build.At(0, [0])), Build.Ask("rises", 2, Build.At(0, [0, 1, 3])), Build.Ask("pauses", 2, Build.At(0, [3, 0, 0]))));
        plan.Objective.Value.ShouldBe(5, 1e-9);
    }

    [Fact]
    public void Profiles_of_ten_thousand_slots_are_served()
    {
        var pool = Build.Pool("p", [.. Enumerable.Repeat(5, 10_000)]);
        int[] seats = [.. Enumerable.Repeat(2, 10_000)];
        var plan = Build.Solve(Build.Season([pool], [.. Enumerable.Range(0, 3).Select(k => Build.Ask($"r{k}", k + 1, Build.At(0, seats)))]));
        plan.Objective.Value.ShouldBe(5, 1e-6);
    }

    [Fact]
    public void A_hundred_thousand_candidates_are_read()
    {
        var pool = Build.Pool("p", [.. Enumerable.Repeat(1, 100_000)]);
        int[] seats = [1];
        var plan = Build.Solve(Build.Season([pool], Build.Ask("a", 2, [.. Enumerable.Range(0, 100_000).Select(k => Build.At(k, seats, k == 77_777 ? 0 : 1))])));
        plan.Assignments.ShouldHaveSingleItem().Candidate.ShouldBe(77_777);
    }
}
