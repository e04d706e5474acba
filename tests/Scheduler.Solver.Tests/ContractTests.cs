namespace Scheduler.Solver.Tests;

/// <summary>Rules of the format that were broken once. Each test has its sum worked out by hand.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(0.5, 8)]
    [InlineData(0.3, 10)]
    public void A_plan_exactly_on_the_floor_is_within_the_slack(double slack, double value)
    {
        // Serving b costs exactly what the slack allows, and raises its institution's ratio from 0 to 1.
        var season = Build.Season(
            [Build.Pool("p", 9)],
            Build.Ask("a", value, Build.At(0, [1])), Build.Ask("b", 0, Build.At(0, [1], slack * value)) with { Institution = "j" }) with
        { FairnessSlack = slack, Institutions = [new Institution("i", []), new Institution("j", [])] };
        var plan = Build.Solve(season);
        plan.Objective.WorstInstitutionRatio.ShouldBe(1);
        plan.Objective.Value.ShouldBe(value - (slack * value), 1e-9);
    }

    [Fact]
    public void Sharing_gives_up_no_value_below_the_floor()
    {
        // The best value is 0, and so is the floor: b is served for 0, c would be served at a loss.
        var season = Build.Season([Build.Pool("p", 9)], Build.Ask("b", 0, Build.At(0, [1])), Build.Ask("c", 0, Build.At(0, [1], 1))) with
        { FairnessSlack = 0.5 };
        Build.Solve(season).Objective.WorstInstitutionRatio.ShouldBe(0.5);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-12)]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void Values_of_any_magnitude_are_distinguished(double unit)
    {
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 10)], Build.Ask("a", 3.14159265 * unit, Build.At(0, [6])), Build.Ask("b", 3.14159266 * unit, Build.At(0, [6])),
            Build.Ask("c", 1.5 * unit, Build.At(0, [4]))));
        plan.Assignments.Select(row => row.Request).ShouldBe(["b", "c"]);
        (plan.Objective.Bound / unit).ShouldBe(4.64159266, 1e-9);
    }

    [Fact]
    public void A_request_may_have_as_many_parts_as_its_seats_allow()
    {
        var split = Build.Ask("a", 40, [.. Enumerable.Range(0, 40).Select(k => Build.At(k, [40]))]) with { MinGroup = 1 };
        var plan = Build.Solve(Build.Season([Build.Pool("p", [.. Enumerable.Repeat(1, 40)])], split));
        plan.Assignments.Count.ShouldBe(40);
        (plan.Objective.Value, plan.Objective.Bound).ShouldBe((40, 40));
    }

    [Fact]
    public void A_slot_in_which_a_candidate_takes_no_seat_does_not_block_it()
    {
        // 14:00 holds 3 seats too many, but the candidate takes none there. It needs 2 seats at 15:00, where there is 1.
        var current = Build.Ask("a", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, false, 0) };
        var plan = Build.Solve(Build.Season([Build.Pool("p", 5, 1)], current, Build.Ask("b", 3, Build.At(0, [0, 2]))));
        plan.Unserved.ShouldHaveSingleItem().BlockedBy.ShouldHaveSingleItem().ShouldBe(new Blocked("p", Build.At(1), 1, null));
    }

    [Fact]
    public void A_limit_is_named_where_it_leaves_less_room_than_the_pool()
    {
        // The pool has 12 − 2 = 10 seats, the limit 4 − 2 = 2: one is missing there.
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 12)],
            Build.Ask("a", 5, Build.At(0, [2])) with { Limit = LimitKind.Lab }, Build.Ask("b", 1, Build.At(0, [3], 2)) with { Limit = LimitKind.Lab }) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 4)])] });
        var unserved = plan.Unserved.ShouldHaveSingleItem();
        unserved.Reason.ShouldBe(UnservedReason.NotWorthIt);
        unserved.BlockedBy.ShouldHaveSingleItem().ShouldBe(new Blocked("p", Build.At(0), 1, LimitKind.Lab));
    }

    [Fact]
    public void A_limit_holds_also_for_a_request_that_costs_more_than_its_value()
    {
        // Three seats with a limit of two could never be served, so no institution has a ratio below 1.
        var plan = Build.Solve(Build.Season([Build.Pool("p", 9)], Build.Ask("a", 1, Build.At(0, [3], 2)) with { Limit = LimitKind.Lab }) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 2)])] });
        plan.Objective.WorstInstitutionRatio.ShouldBe(1);
        var unserved = plan.Unserved.ShouldHaveSingleItem();
        (unserved.Reason, unserved.BlockedBy[0]).ShouldBe((UnservedReason.Limit, new Blocked("p", Build.At(0), 1, LimitKind.Lab)));
    }

    [Fact]
    public void Standalone_seats_of_a_split_request_are_counted_exactly()
    {
        // Both candidates need 15:00, where 3 seats fit: one part of 3, and no room for a second part of 2. So 3 of its 4 seats could be served.
        var split = Build.Ask("a", 4, Build.At(0, [4, 4]), Build.At(1, [4, 4])) with { MinGroup = 2 };
        var rival = Build.Ask("b", 90, Build.At(1, [1])) with { Institution = "j" };
        var season = Build.Season([Build.Pool("p", 3, 3, 9)], split, rival) with { Institutions = [new Institution("i", []), new Institution("j", [])] };
        var plan = Build.Solve(season);
        // Beside b's seat 2 of these 3 fit.
        plan.Objective.WorstInstitutionRatio.ShouldBe(2 / 3.0, 1e-9);
    }

    [Fact]
    public void Standalone_seats_come_from_the_best_choice_of_parts()
    {
        // The first candidate takes both slots for 3 seats; the other two serve all 6. Beside b's seat they serve 5.
        var split = Build.Ask("a", 6, Build.At(0, [6, 6]), Build.At(0, [6]), Build.At(1, [6])) with { MinGroup = 2 };
        var rival = Build.Ask("b", 90, Build.At(0, [1])) with { Institution = "j" };
        var season = Build.Season([Build.Pool("p", 3, 3)], split, rival) with { Institutions = [new Institution("i", []), new Institution("j", [])] };
        Build.Solve(season).Objective.WorstInstitutionRatio.ShouldBe(5 / 6.0, 1e-9);
    }

    [Fact]
    public void An_instance_in_memory_is_refused_like_a_file()
    {
        const int Most = 1_000_000_000;
        var good = Build.Season([Build.Pool("p", Most)], Build.Ask("a", 1, Build.At(0, [Most])) with { MinGroup = Most }) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, Most), new InstitutionLimit(LimitKind.Proctors, 0)])] };
        InstanceChecks.FirstFault(good).ShouldBeNull();
        string? Place(Instance instance) => InstanceChecks.FirstFault(instance)?.Place;
        Instance Limits(params InstitutionLimit[] limits) => good with { Institutions = [new Institution("i", limits)] };
        Place(good with { SlotMinutes = 10_081 }).ShouldBe("slotMinutes");
        Place(good with { Requests = [Build.Ask("a", 1, Build.At(0, [1]), Build.At(0, []))] }).ShouldBe("requests[0].candidates[1].seats");
        Place(good with { Pools = [Build.Pool("p", 1, Most + 1)] }).ShouldBe("pools[0].slots[1].capacity");
        Place(Limits(new InstitutionLimit(LimitKind.Lab, 1), new InstitutionLimit(LimitKind.Lab, 2))).ShouldBe("institutions[0].limits[1].kind");
        Place(Limits(new InstitutionLimit(LimitKind.Lab, -1))).ShouldBe("institutions[0].limits[0].capacity");
        Place(Limits(new InstitutionLimit(LimitKind.Lab, Most + 1))).ShouldBe("institutions[0].limits[0].capacity");
        Place(good with { Requests = [Build.Ask("a", 1, Build.At(0, [1, Most + 1]))] }).ShouldBe("requests[0].candidates[0].seats[1]");
        Place(good with { Requests = [Build.Ask("a", 1, Build.At(0, [1])) with { MinGroup = Most + 1 }] }).ShouldBe("requests[0].minGroup");
    }

    [Fact]
    public void A_current_assignment_counts_as_servable_demand_also_when_it_no_longer_fits()
    {
        var current = Build.Ask("a", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, true, 0), MinGroup = 3 };
        var season = Build.Season([Build.Pool("p", 5, 8)], current, Build.Ask("b", 1, Build.At(1, [8], 2)));
        Build.Solve(season).Objective.WorstInstitutionRatio.ShouldBe(0.5);
    }

    [Fact]
    public void A_pool_without_slots_has_the_grid_of_the_first_candidate()
    {
        var season = Build.Season([Build.Pool("p")], Build.Ask("a", 1, Build.At(0, [1])), Build.Ask("b", 1, Build.At(0, [1]), Build.At(1.5, [1])));
        InstanceChecks.FirstFault(season).ShouldNotBeNull().Place.ShouldBe("requests[1].candidates[1].start");
        InstanceChecks.FirstFault(season with { SlotMinutes = 30 }).ShouldBeNull();
    }

    [Fact]
    public void Every_candidate_has_a_row_up_to_a_hundred_and_the_nearest_is_among_them()
    {
        var pool = Build.Pool("p", [.. Enumerable.Range(0, 150).Select(k => k == 149 ? 4 : 1)]);
        var plan = Build.Solve(Build.Season([pool], Build.Ask("a", 5, [.. Enumerable.Range(0, 150).Select(k => Build.At(k, [5]))])));
        var unserved = plan.Unserved.ShouldHaveSingleItem();
        unserved.BlockedBy.Count.ShouldBe(100);
        unserved.BlockedBy[^1].ShouldBe(new Blocked("p", Build.At(149), 1, null));
        unserved.SmallestExtraSeats.ShouldBe(1);
    }

    [Fact]
    public void A_mandatory_request_without_value_is_treated_as_optional()
    {
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 4)],
            Build.Ask("a", 0, Build.At(0, [4])) with { Mandatory = true }, Build.Ask("b", -1, Build.At(0, [4])) with { Mandatory = true },
            Build.Ask("c", 0, Build.At(0, [4], -2)) with { Mandatory = true }, Build.Ask("d", 3, Build.At(0, [4]))));
        plan.Assignments.ShouldHaveSingleItem().Request.ShouldBe("d");
        (plan.Objective.Value, plan.Objective.Bound).ShouldBe((3, 3));
    }
}
