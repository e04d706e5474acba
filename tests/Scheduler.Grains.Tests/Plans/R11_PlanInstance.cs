using System.Collections.Immutable;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;
using Scheduler.Solver;

namespace Scheduler.Tests;

/// <summary>R11: the instance that a season becomes, and what its plans may do.</summary>
public sealed class R11_PlanInstance
{
    private static readonly InstitutionId _school = PlanSeason.School(1);
    private static readonly PoolId _office = PoolId.Of("office");

    // 9:00 in Toronto, beyond the lead time.
    private static readonly Instant _nine = Instant.FromUtc(2027, 1, 19, 14, 0);
    private static readonly RequestWindow _atNine = new(new(2027, 1, 19), new(2027, 1, 19), [], 540, 600);

    private static readonly RequestWindow _morning = new(new(2027, 1, 19), new(2027, 1, 19), [], 540, 720);

    [Property(MaxTest = 150)]
    public void The_rules_of_a_booking_accept_all_that_a_fresh_plan_does(int seed)
    {
        var season = PlanSeason.Random(seed);
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        var plan = Solve(instance);
        PlanChecker.Faults(instance.Instance, plan).ShouldBeEmpty();
        var entries = PlanEntries.Of(instance, plan);
        var outcome = PlanDecision.Decide(
            season.Basis(), entries, new(OperatorActKind.Moved, PlanSeason.Now, "a plan"), BookingId.New);
        outcome.Stale.Select(stale => (entries[stale.Key], stale.Value)).ShouldBeEmpty($"seed {seed}");
    }

    [Property(MaxTest = 50)]
    public void An_instance_with_more_candidates_than_the_limit_says_so_and_stops_making_them(int seed)
    {
        var cut = PlanSeason.Random(seed).Cut();
        var all = PlanInstance.Of(cut, PlanSeason.Scope, PlanSeason.Now).Instance.Requests.Where(request => request.Current is not { Movable: false })
            .Sum(request => request.Candidates.Count);
        PlanInstance Most(int most) => new InstanceBuilder(cut, PlanSeason.Scope, PlanSeason.Now) { MostCandidates = most }.Build();
        Most(all).IsTooLarge.ShouldBeFalse();
        if (all == 0)
            return;
        var large = Most(all - 1);
        large.IsTooLarge.ShouldBeTrue();
        large.Instance.Requests.Where(request => request.Current is not { Movable: false }).Sum(request => request.Candidates.Count).ShouldBeLessThan(all);
    }

    /// <summary>Seats are plenty, and vouchers are few. Some packs begin in the scope, and others end in it.</summary>
    [Property(MaxTest = 100)]
    public void R07_a_fresh_plan_has_the_vouchers_that_were_dealt_to_it_whatever_its_weights(int seed)
    {
        var (random, season) = (new Random(seed), Season(vouchers: 0));
        var (tuesday, hours) = (new LocalDate(2027, 1, 19), 7);
        for (var pack = 0; pack < 4; pack++)
            season.Buy(_school, random.Next(3, 12), tuesday.PlusDays(random.Next(-1, 3)).PlusYears(-random.Next(2)));
        for (var i = 0; i < hours; i++)
        {
            for (var day = 0; day < 3; day++)
                season.Capacity(_office, _nine + Duration.FromHours((24 * day) + i), 1, 20);
            var first = random.Next(3);
            var window = new RequestWindow(tuesday.PlusDays(first), tuesday.PlusDays(random.Next(first, 3)), [], 60 * (9 + i), 60 * (10 + i));
            season.Ask(PlanSeason.Wish(_school, random.Next(2, 9), _nine + Duration.FromHours(i), window) with { Weight = random.Next(1, 6) });
        }

        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        var entries = PlanEntries.Of(instance, Solve(instance));
        PlanDecision.Decide(season.Basis(), entries, new(OperatorActKind.Moved, PlanSeason.Now, "a plan"), BookingId.New).Stale.ShouldBeEmpty($"seed {seed}");
    }

    [Fact]
    public void R07_a_heavier_request_does_not_take_the_vouchers_that_were_dealt_to_an_older_one()
    {
        var season = Season(vouchers: 0);
        var thursday = _nine + Duration.FromDays(2);
        season.Capacity(_office, _nine, 1, 20);
        season.Capacity(_office, thursday, 1, 20);
        // The first pack ends first, and the second one is valid from Wednesday on. So the older request, on Tuesday, needs the first one.
        season.Buy(_school, 10, new(2026, 1, 22));
        season.Buy(_school, 10, new(2027, 1, 20));
        season.Ask(PlanSeason.Wish(_school, 10, _nine, _atNine));
        var day = new LocalDate(2027, 1, 21);
        season.Ask(PlanSeason.Wish(_school, 10, thursday, new RequestWindow(day, day, [], 540, 600)) with { Weight = 5 });
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        instance.LeftOut.ShouldBeEmpty();
        var entries = PlanEntries.Of(instance, Solve(instance));
        entries.Length.ShouldBe(2);
        PlanDecision.Decide(season.Basis(), entries, new(OperatorActKind.Moved, PlanSeason.Now, "a plan"), BookingId.New).Stale.ShouldBeEmpty();
    }

    [Fact]
    public void R07_a_booking_that_moves_keeps_its_vouchers_and_leaves_those_of_a_placement()
    {
        var season = Season(vouchers: 0);
        season.Capacity(_office, _nine, 2, 10);
        season.Buy(_school, 10, new(2026, 9, 1));
        var booking = season.Book(_school, ExamId.Of("short"), _office, _nine, 10, DeliveryMode.Lab).ShouldNotBeNull();
        // This pack ends before the other one, on the day after.
        season.Buy(_school, 10, new(2026, 1, 19));
        var request = season.Ask(PlanSeason.Wish(_school, 10, _nine, _atNine));
        var move = new PlanEntry.Move(booking.Id, booking.Version, _nine, _nine + Duration.FromHours(1)) { Institution = _school };
        var placement = new PlanEntry.Placement(request.Id, request.Version, _office, _nine, 10, []) { Institution = _school };
        var outcome = PlanDecision.Decide(season.Basis(), [move, placement], new(OperatorActKind.Moved, PlanSeason.Now, "a plan"), BookingId.New);
        outcome.Groups[0].ShouldHaveSingleItem().Booking.Sitting.Vouchers.ShouldBe(booking.Sitting.Vouchers);
    }

    [Property(MaxTest = 150)]
    public void A_candidate_keeps_the_scope_the_windows_and_the_lead_time(int seed)
    {
        var season = PlanSeason.Random(seed);
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        foreach (var row in instance.Rows.Values)
        {
            var request = instance.Instance.Requests[row.Index];
            request.Id.ShouldBe(row.Id);
            if (request.Current is { Movable: false })
                continue;
            var zone = season.Catalogue.ZoneOf(row.Request.Institution);
            foreach (var candidate in request.Candidates)
            {
                var (begin, end) = (candidate.Start.InZone(zone), (candidate.Start + Duration.FromHours(candidate.Seats.Count)).InZone(zone));
                candidate.Start.ShouldBeInRange(PlanSeason.Scope.From, PlanSeason.Scope.To - Duration.Epsilon);
                LeadTime.DaysGiven(candidate.Start, PlanSeason.Now, zone).ShouldBeGreaterThanOrEqualTo(14);
                row.Request.Windows.ShouldContain(window => window.From <= begin.Date && begin.Date <= window.To
                    && begin.TimeOfDay >= LocalTime.FromMinutesSinceMidnight(window.FromMinute)
                    && (end.Date == begin.Date ? end.TimeOfDay <= LocalTime.FromMinutesSinceMidnight(window.ToMinute % 1440) || window.ToMinute == 1440
                        : end.TimeOfDay == LocalTime.Midnight && window.ToMinute == 1440));
                candidate.Seats.Max().ShouldBe(row.Seats);
                (candidate.Cost + (request.Current?.MoveCost ?? 0)).ShouldBeLessThan(request.Value);
            }
        }
    }

    [Property(MaxTest = 100)]
    public void The_same_cut_gives_the_same_instance(int seed)
    {
        var cut = PlanSeason.Random(seed).Cut();
        var text = Text(PlanInstance.Of(cut, PlanSeason.Scope, PlanSeason.Now).Instance);
        Text(PlanInstance.Of(cut, PlanSeason.Scope, PlanSeason.Now).Instance).ShouldBe(text);
        var read = InstanceReader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)));
        Text(read.ShouldBeOfType<InstanceReading.Read>().Instance).ShouldBe(text);
    }

    [Property(MaxTest = 60)]
    public void The_figures_of_a_result_add_up(int seed)
    {
        var instance = PlanInstance.Of(PlanSeason.Random(seed).Cut(), PlanSeason.Scope, PlanSeason.Now);
        var plan = Solve(instance);
        var result = PlanResults.Of(instance, plan);
        result.ServedSeats.ShouldBe(result.RequestedSeats - result.Unserved.Sum(one => one.Seats));
        result.Schools.ShouldAllBe(school => school.ServedBefore <= school.Served && school.Served <= school.Servable && school.Servable <= school.Requested);
        result.Placements.Sum(one => one.Seats).ShouldBe(result.Schools.Sum(school => school.Served - school.ServedBefore));
        Json(PlanResultText.Read(PlanResultText.Write(result))!).ShouldBe(Json(result));
        PlanResultText.ReadSeats(PlanResultText.Write(result)).ShouldBe((result.ServedSeats, result.RequestedSeats));
        result.Hours.ShouldAllBe(hour => hour.After >= 0 && hour.After <= Math.Max(hour.Capacity, hour.Taken) && hour.Asked >= hour.Taken);
        var reasons = PlanResults.Reasons(PlanId.New(), PlanSeason.Now, instance, result);
        reasons.Reasons.Select(reason => reason.Request).Intersect(reasons.Served).ShouldBeEmpty();
        reasons.Reasons.Select(reason => reason.Request).Order(Comparer<RequestId>.Create((a, b) => a.Value.CompareTo(b.Value)))
            .ShouldBe(result.Unserved.Select(one => one.Request).Distinct().OrderBy(id => id.Value));
    }

    [Theory]
    [InlineData(false, 10)]
    [InlineData(true, 6)]
    public void A_live_hold_lowers_the_capacity_and_a_lapsed_one_does_not(bool isLive, int room)
    {
        var season = Season();
        season.Capacity(_office, _nine, 1, 10);
        season.Hold(_school, ExamId.Of("short"), _office, _nine, 4, DeliveryMode.Online, isLive);
        season.Ask(PlanSeason.Wish(_school, 5, _nine, _atNine));
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now).Instance;
        instance.Pools.Single(pool => pool.Id == "office").Slots.Single().Capacity.ShouldBe(room);
    }

    [Fact]
    public void A_booking_that_stands_leaves_less_of_the_schools_limit()
    {
        var season = Season();
        season.Capacity(_office, _nine, 1, 100);
        season.Book(_school, ExamId.Of("short"), _office, _nine, 15, DeliveryMode.Lab).ShouldNotBeNull();
        season.Ask(PlanSeason.Wish(_school, 10, _nine, _atNine));
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        var result = PlanResults.Of(instance, Solve(instance));
        var unserved = result.Unserved.ShouldHaveSingleItem();
        (unserved.Seats, unserved.Reason).ShouldBe((10, "limit"));
        unserved.BlockedBy.ShouldBe([new(_office, _nine, 5, DeliveryMode.Lab)]);
        (result.ServedSeats, result.RequestedSeats).ShouldBe((0, 10));
        season.Ask(PlanSeason.Wish(_school, 5, _nine, _atNine));
        var more = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        PlanResults.Of(more, Solve(more)).ServedSeats.ShouldBe(5);
    }

    [Fact]
    public void R11_demand_that_no_plan_could_serve_is_in_no_ratio()
    {
        var season = Season();
        season.Capacity(_office, _nine, 1, 100);
        // The school has 20 workstations.
        season.Ask(PlanSeason.Wish(_school, 25, _nine, _atNine));
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        var result = PlanResults.Of(instance, Solve(instance));
        result.Unserved.ShouldHaveSingleItem().Reason.ShouldBe("limit");
        result.WorstInstitutionRatio.ShouldBe(1);
    }

    [Fact]
    public void Vouchers_go_to_the_older_request_and_the_rest_is_told()
    {
        var season = Season(vouchers: 15);
        season.Capacity(_office, _nine, 2, 20);
        var older = season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning));
        var younger = season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning) with { Weight = 9 });
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        instance.LeftOut.ShouldBe([new(younger, 10, "vouchers_short") { VouchersShort = 5 }]);
        PlanResults.Of(instance, Solve(instance)).Placements.ShouldHaveSingleItem().Request.ShouldBe(older.Id);
        var split = season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning) with { MinGroup = 3 });
        instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        instance.LeftOut.ShouldBe([new(younger, 10, "vouchers_short") { VouchersShort = 5 }, new(split, 5, "vouchers_short") { VouchersShort = 5 }]);
        var result = PlanResults.Of(instance, Solve(instance));
        (result.ServedSeats, result.RequestedSeats).ShouldBe((15, 30));
    }

    [Fact]
    public void A_rest_that_is_smaller_than_the_smallest_group_is_placed_nowhere_and_is_told_so()
    {
        var season = Season();
        season.Capacity(_office, _nine, 2, 20);
        var rest = season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning) with { MinGroup = 4, PlacedSeats = 8 });
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        instance.LeftOut.ShouldBe([new(rest, 2, "below_min_group")]);
        instance.Instance.Requests.ShouldBeEmpty();
        season.Ask(rest with { Id = RequestId.New(), PlacedSeats = 6 });
        PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now).Instance.Requests.ShouldHaveSingleItem();
    }

    [Fact]
    public void A_place_that_blocks_several_starts_is_named_once()
    {
        var season = Season();
        season.Capacity(_office, _nine, 3, 20);
        season.Capacity(_office, _nine + Duration.FromHours(1), 1, 5);
        var request = season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning) with { Accommodations = [new(10, 100)] });
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        var unserved = PlanResults.Of(instance, Solve(instance)).Unserved.ShouldHaveSingleItem();
        unserved.Request.ShouldBe(request.Id);
        unserved.BlockedBy.Count(block => block.Start == _nine + Duration.FromHours(1)).ShouldBe(1);
        unserved.BlockedBy.ShouldBeUnique();
    }

    [Fact]
    public void A_request_whose_vouchers_end_in_its_window_keeps_the_days_before()
    {
        var season = Season(vouchers: 0);
        season.Buy(_school, 10, new(2026, 1, 20));
        season.Capacity(_office, _nine, 72, 20);
        season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning with { To = new(2027, 1, 21) }));
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        instance.Instance.Requests.Single().Candidates.Select(candidate => candidate.Start.InUtc().Day).Distinct().ShouldBe([19, 20]);
    }

    [Fact]
    public void A_request_of_a_school_that_is_not_ready_is_told_so()
    {
        var season = Season(Onboarding.Agreement);
        season.Capacity(_office, _nine, 2, 20);
        var request = season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning));
        season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning with { From = new(2027, 3, 1), To = new(2027, 3, 1) }));
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope, PlanSeason.Now);
        instance.LeftOut.ShouldBe([new(request, 10, "not_ready")]);
        instance.Instance.Requests.ShouldBeEmpty();
        PlanResults.Of(instance, Solve(instance)).WorstInstitutionRatio.ShouldBe(1);
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void A_booking_of_a_plan_moves_to_make_room_where_the_scope_allows(bool moves, bool isServed)
    {
        var season = Season();
        season.Capacity(_office, _nine, 2, 10);
        var booking = season.Book(_school, ExamId.Of("short"), _office, _nine, 10, DeliveryMode.Online).ShouldNotBeNull();
        season.Ask(PlanSeason.Wish(_school, 10, _nine, _morning) with
        {
            Mode = DeliveryMode.Online,
            Status = RequestStatus.Placed,
            PlacedSeats = 10,
            Bookings = [booking.Id],
        });
        season.Ask(PlanSeason.Wish(_school, 10, _nine, _atNine));
        var instance = PlanInstance.Of(season.Cut(), PlanSeason.Scope with { MovesBookings = moves }, PlanSeason.Now);
        var result = PlanResults.Of(instance, Solve(instance));
        (result.Moves.Length, result.Placements.Length).ShouldBe(isServed ? (1, 1) : (0, 0));
        result.RequestedSeats.ShouldBe(20);
        result.ServedSeats.ShouldBe(isServed ? 20 : 10);
    }

    private static PlanSeason Season(int vouchers = 500) => Season(
        Onboarding.Agreement | Onboarding.Purchase | Onboarding.ItLab | Onboarding.ItOnline, vouchers);

    private static PlanSeason Season(Onboarding done, int vouchers = 500)
    {
        var catalogue = new PlanSeason(1).Catalogue.With(
            new InstitutionEntry(new()
            {
                Id = _school, Name = "s", Zone = DateTimeZoneProviders.Tzdb["America/Toronto"], LabSeats = 20, Proctors = 9, Onboarding = done,
            }), 2);
        var season = new PlanSeason(1, catalogue);
        season.Buy(_school, vouchers, new(2026, 9, 1));
        return season;
    }

    private static Plan Solve(PlanInstance instance) => PlanSolver.Solve(instance.Instance, new() { Threads = 1, Effort = 0.05 });

    private static string Text(Instance instance)
    {
        var stream = new MemoryStream();
        PlanFile.WriteInstance(instance, stream).GetAwaiter().GetResult();
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    private static string Json(PlanResult result) => ValueText.Of(result);
}
