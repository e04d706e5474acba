namespace Scheduler.Solver.Tests;

/// <summary>Sentences of the format that were once not kept, each with its sum worked by hand.</summary>
public sealed class ContractTests
{
    [Theory]
    [InlineData(1, 4)]
    [InlineData(0.5, 8)]
    [InlineData(0.3, 10)]
    public void What_lies_exactly_on_the_floor_is_within_the_slack(double slack, double value)
    {
        // Serving b costs exactly what the slack allows, and lifts its institution from nothing to all.
        var season = Build.Season(
            [Build.Pool("p", 9)],
            Build.Ask("a", value, Build.At(0, [1])), Build.Ask("b", 0, Build.At(0, [1], slack * value)) with { Institution = "j" }) with
        { FairnessSlack = slack, Institutions = [new Institution("i", []), new Institution("j", [])] };
        var plan = Build.Solve(season);
        plan.Objective.WorstInstitutionRatio.ShouldBe(1);
        plan.Objective.Value.ShouldBe(value - (slack * value), 1e-9);
    }

    [Fact]
    public void Below_the_floor_nothing_is_given_up()
    {
        // The best is 0, so is the floor: b is served for nothing, c at a loss is not.
        var season = Build.Season([Build.Pool("p", 9)], Build.Ask("b", 0, Build.At(0, [1])), Build.Ask("c", 0, Build.At(0, [1], 1))) with { FairnessSlack = 0.5 };
        Build.Solve(season).Objective.WorstInstitutionRatio.ShouldBe(0.5);
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(1e-12)]
    [InlineData(1e-30)]
    [InlineData(1e30)]
    public void Values_of_any_magnitude_are_told_apart(double unit)
    {
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 10)], Build.Ask("a", 3.14159265 * unit, Build.At(0, [6])), Build.Ask("b", 3.14159266 * unit, Build.At(0, [6])), Build.Ask("c", 1.5 * unit, Build.At(0, [4]))));
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
    public void Where_a_candidate_takes_nothing_nothing_stands_in_its_way()
    {
        // 14:00 holds 3 seats too many; the candidate takes nothing there, and 2 of the 1 at 15:00.
        var sits = Build.Ask("a", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, false, 0) };
        var plan = Build.Solve(Build.Season([Build.Pool("p", 5, 1)], sits, Build.Ask("b", 3, Build.At(0, [0, 2]))));
        plan.Unserved.ShouldHaveSingleItem().BlockedBy.ShouldHaveSingleItem().ShouldBe(new Blocked("p", Build.At(1), 1, null));
    }

    [Fact]
    public void A_limit_that_cannot_bind_is_named_where_it_leaves_less_room_than_the_pool()
    {
        // Not worth it. The pool has 7 seats more than needed, the limit, of which a takes 2, has 1.
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 12)], Build.Ask("a", 5, Build.At(0, [2])) with { Limit = LimitKind.Lab }, Build.Ask("b", 1, Build.At(0, [3], 2)) with { Limit = LimitKind.Lab }) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 6)])] });
        var unserved = plan.Unserved.ShouldHaveSingleItem();
        unserved.Reason.ShouldBe(UnservedReason.NotWorthIt);
        unserved.BlockedBy.ShouldHaveSingleItem().ShouldBe(new Blocked("p", Build.At(0), -1, LimitKind.Lab));
    }

    [Fact]
    public void A_limit_holds_for_what_is_worth_nothing_too()
    {
        // Cost above value, sharing off: three seats behind a limit of two could never be served, so there is no ratio below 1.
        var plan = Build.Solve(Build.Season([Build.Pool("p", 9)], Build.Ask("a", 1, Build.At(0, [3], 2)) with { Limit = LimitKind.Lab }) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, 2)])] });
        plan.Objective.WorstInstitutionRatio.ShouldBe(1);
        var unserved = plan.Unserved.ShouldHaveSingleItem();
        (unserved.Reason, unserved.BlockedBy[0]).ShouldBe((UnservedReason.Limit, new Blocked("p", Build.At(0), 1, LimitKind.Lab)));
    }

    [Fact]
    public void Seats_that_could_be_served_alone_are_counted_exactly_for_what_may_be_split()
    {
        // Both candidates need 15:00, where 3 fit: one part of 3 is more than two, of which only the first fits. So 3 of its 4 could be served.
        var split = Build.Ask("a", 4, Build.At(0, [4, 4]), Build.At(1, [4, 4])) with { MinGroup = 2 };
        var rival = Build.Ask("b", 90, Build.At(1, [1])) with { Institution = "j" };
        var season = Build.Season([Build.Pool("p", 3, 3, 9)], split, rival) with { Institutions = [new Institution("i", []), new Institution("j", [])] };
        var plan = Build.Solve(season);
        // Beside b's seat 2 fit: 2 of 3.
        plan.Objective.WorstInstitutionRatio.ShouldBe(2 / 3.0, 1e-9);
    }

    [Fact]
    public void Seats_that_could_be_served_alone_are_as_many_as_the_best_choice_of_parts_allows()
    {
        // The first candidate, as roomy as the others, would take both slots for 3 seats; the other two serve all 6. Beside b's seat they serve 5.
        var split = Build.Ask("a", 6, Build.At(0, [6, 6]), Build.At(0, [6]), Build.At(1, [6])) with { MinGroup = 2 };
        var rival = Build.Ask("b", 90, Build.At(0, [1])) with { Institution = "j" };
        var season = Build.Season([Build.Pool("p", 3, 3)], split, rival) with { Institutions = [new Institution("i", []), new Institution("j", [])] };
        Build.Solve(season).Objective.WorstInstitutionRatio.ShouldBe(5 / 6.0, 1e-9);
    }

    [Fact]
    public void What_the_reader_refuses_is_refused_in_memory_too()
    {
        const int Most = 1_000_000_000;
        var good = Build.Season([Build.Pool("p", Most)], Build.Ask("a", 1, Build.At(0, [Most])) with { MinGroup = Most }) with
        { Institutions = [new Institution("i", [new InstitutionLimit(LimitKind.Lab, Most), new InstitutionLimit(LimitKind.Proctors, 0)])] };
        InstanceChecks.FirstFault(good).ShouldBeNull();
        string? Place(Instance instance) => InstanceChecks.FirstFault(instance)?.Place;
        Instance Limits(params InstitutionLimit[] limits) => good with { Institutions = [new Institution("i", limits)] };
        Place(good with { SlotMinutes = 10_081 }).ShouldBe("slotMinutes");
        Place(good with { Pools = [Build.Pool("p", 1, Most + 1)] }).ShouldBe("pools[0].slots[1].capacity");
        Place(Limits(new InstitutionLimit(LimitKind.Lab, 1), new InstitutionLimit(LimitKind.Lab, 2))).ShouldBe("institutions[0].limits[1].kind");
        Place(Limits(new InstitutionLimit(LimitKind.Lab, -1))).ShouldBe("institutions[0].limits[0].capacity");
        Place(Limits(new InstitutionLimit(LimitKind.Lab, Most + 1))).ShouldBe("institutions[0].limits[0].capacity");
        Place(good with { Requests = [Build.Ask("a", 1, Build.At(0, [1, Most + 1]))] }).ShouldBe("requests[0].candidates[0].seats[1]");
        Place(good with { Requests = [Build.Ask("a", 1, Build.At(0, [1])) with { MinGroup = Most + 1 }] }).ShouldBe("requests[0].minGroup");
    }

    [Fact]
    public void What_sits_counts_as_demand_that_could_be_served_also_where_it_fits_no_more()
    {
        var sits = Build.Ask("a", 1, Build.At(0, [8])) with { Current = new CurrentPlace(0, true, 0), MinGroup = 3 };
        var season = Build.Season([Build.Pool("p", 5, 8)], sits, Build.Ask("b", 1, Build.At(1, [8], 2)));
        Build.Solve(season).Objective.WorstInstitutionRatio.ShouldBe(0.5);
    }

    [Fact]
    public void Without_slots_a_pool_has_the_grid_of_what_first_asks_for_it()
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
    public void What_is_mandatory_and_worth_nothing_or_less_only_has_the_aim_to_speak_for_it()
    {
        var plan = Build.Solve(Build.Season(
            [Build.Pool("p", 4)],
            Build.Ask("a", 0, Build.At(0, [4])) with { Mandatory = true }, Build.Ask("b", -1, Build.At(0, [4])) with { Mandatory = true },
            Build.Ask("c", 0, Build.At(0, [4], -2)) with { Mandatory = true }, Build.Ask("d", 3, Build.At(0, [4]))));
        plan.Assignments.ShouldHaveSingleItem().Request.ShouldBe("d");
        (plan.Objective.Value, plan.Objective.Bound).ShouldBe((3, 3));
    }
}
