using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// R2: whole local days from today to the exam day, in the institution's zone. Seasons lengthen the lead time. Days beyond the horizon cannot be booked.
/// </summary>
public sealed class R02_LeadTime
{
    private static readonly LocalDate _epoch = new(1970, 1, 1);
    private static readonly Duration _second = Duration.FromSeconds(1);

    [Theory]
    [InlineData(14)]
    [InlineData(21)]
    public void R02_for_exams_around_every_clock_change_of_every_zone_the_decision_is_that_of_the_walk(int leadTime)
    {
        var checks = 0;
        foreach (var (zone, changes) in AllZones.Changes())
        {
            foreach (var change in changes)
            {
                var walk = QuarterHours.Around(zone, change, 25, 3);
                for (var exam = walk.DayAt(change) - 1; exam <= walk.DayAt(change) + 1; exam++)
                {
                    // Midnight after the last day on which the exam may be booked.
                    var midnight = walk.At(walk.FirstOf(exam - leadTime + 1));
                    var starts = Starts(walk, exam);
                    foreach (var now in new[] { midnight - _second, midnight, midnight + _second })
                        checks += Check(walk, zone, now, starts, exam, leadTime);
                }
            }
        }

        checks.ShouldBeGreaterThan(1_000_000);
    }

    [Theory]
    [InlineData(14)]
    [InlineData(21)]
    public void R02_on_days_of_every_clock_change_of_every_zone_the_decision_is_that_of_the_walk(int leadTime)
    {
        var checks = 0;
        foreach (var (zone, changes) in AllZones.Changes())
        {
            foreach (var change in changes)
            {
                var walk = QuarterHours.Around(zone, change, 3, 25);
                for (var today = walk.DayAt(change) - 1; today <= walk.DayAt(change) + 1; today++)
                {
                    var midnight = walk.At(walk.FirstOf(today));
                    for (var exam = today + leadTime - 1; exam <= today + leadTime; exam++)
                    {
                        var starts = Starts(walk, exam);
                        Instant[] edges = [starts[0], starts[starts.Count / 2], starts[^1]];
                        foreach (var now in new[] { midnight - _second, midnight, midnight + _second, change - _second, change, change + _second })
                            checks += Check(walk, zone, now, edges, exam, leadTime);
                    }
                }
            }
        }

        checks.ShouldBeGreaterThan(500_000);
    }

    [Fact]
    public void R02_a_season_is_over_when_its_last_day_is_over_in_every_zone()
    {
        var season = Scene.Season(new(2027, 5, 1), new(2027, 5, 31));
        season.IsOver(Instant.FromUtc(2027, 6, 1, 11, 59)).ShouldBeFalse();
        season.IsOver(Instant.FromUtc(2027, 6, 1, 12, 0)).ShouldBeTrue();
        foreach (var zone in DateTimeZoneProviders.Tzdb.Ids.Select(id => DateTimeZoneProviders.Tzdb[id]))
            LeadTime.Day(Instant.FromUtc(2027, 6, 1, 12, 0), zone).ShouldBeGreaterThan(season.To, zone.Id);
    }

    [Fact]
    public void R02_the_schools_day_counts_and_neither_the_pools_nor_that_of_UTC()
    {
        // 23:30 in Toronto on 1 March is 2 March in UTC and in Newfoundland.
        var now = Instant.FromUtc(2027, 3, 2, 4, 30);
        var basis = Scene.Basis with { Now = now };
        var fifteenth = Scene.At(new(2027, 3, 15), 23);
        Scene.Code(BookingRules.Decide(Scene.Wish with { Start = fifteenth }, basis, WishKind.Booking)).ShouldBe("accepted");
        var later = basis with { Now = now + Duration.FromMinutes(30) };
        var refusal = Scene.Refused<Refusal.LeadTimeShort>(BookingRules.Decide(Scene.Wish with { Start = fifteenth }, later, WishKind.Booking));
        refusal.ShouldBe(new(13, 14, new LocalDate(2027, 3, 16)) { NextDate = new LocalDate(2027, 3, 16) });
    }

    [Theory]
    [InlineData(21, 21, "accepted")]
    [InlineData(20, 21, "lead_time")]
    [InlineData(19, 14, "accepted")]
    [InlineData(31, 21, "accepted")]
    public void R02_a_season_counts_on_its_first_and_last_day_and_not_outside(int days, int needed, string code)
    {
        // From 20 to 31 days ahead; the 19th is outside, though the time since the season's edge is less than a day.
        var today = LeadTime.Day(Scene.Now, Scene.Toronto);
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(today.PlusDays(20), today.PlusDays(31))));
        var decision = BookingRules.Decide(Scene.Wish with { Start = Scene.At(today.PlusDays(days), 23) }, basis, WishKind.Booking);
        Scene.Code(decision).ShouldBe(code);
        LeadTime.DaysNeeded(today.PlusDays(days), basis.Catalogue.Calendar, Policy.Default).ShouldBe(needed);
        LeadTime.DaysNeeded(today.PlusDays(32), basis.Catalogue.Calendar, Policy.Default).ShouldBe(14);
    }

    [Fact]
    public void R02_of_overlapping_seasons_the_longest_counts_and_none_shortens()
    {
        var day = new LocalDate(2027, 3, 20);
        var calendar = new SeasonCalendar(
        [
            Scene.Season(day, day, 21, id: "a"),
            Scene.Season(day.PlusDays(-5), day.PlusDays(5), 30, id: "b"),
            Scene.Season(day.PlusDays(-9), day.PlusDays(9), 7, id: "c"),
        ]);
        calendar.DaysNeeded(day, Policy.Default).ShouldBe(30);
        calendar.DaysNeeded(day.PlusDays(6), Policy.Default).ShouldBe(14);
        calendar.DaysNeeded(day.PlusDays(5), Policy.Default).ShouldBe(30);
    }

    [Fact]
    public void R02_the_earliest_date_is_the_first_from_today_on_by_its_own_season()
    {
        var today = new LocalDate(2027, 3, 1);

        // Outside the season 14 days are needed, in the season 21. Days 14 to 18 are in the season and too near; day 19 is outside.
        var calendar = new SeasonCalendar([Scene.Season(today.PlusDays(14), today.PlusDays(18))]);
        LeadTime.EarliestDate(today, calendar, Policy.Default).ShouldBe(today.PlusDays(19));
        LeadTime.EarliestDate(today, SeasonCalendar.Empty, Policy.Default).ShouldBe(today.PlusDays(14));
        LeadTime.EarliestDate(today, SeasonCalendar.Empty, Policy.Default, shortNoticeDays: 0).ShouldBe(today);
        LeadTime.EarliestDate(today, SeasonCalendar.Empty, Policy.Default with { LeadTimeDays = 30, HorizonDays = 29 }).ShouldBeNull();
        LeadTime.EarliestDate(today, SeasonCalendar.Empty, Policy.Default with { LeadTimeDays = 30, HorizonDays = 30 }).ShouldBe(today.PlusDays(30));
    }

    [Fact]
    public void R02_the_next_date_is_the_first_from_the_wished_one_on_by_its_own_season()
    {
        var today = LeadTime.Day(Scene.Now, Scene.Toronto);
        // 45 days are needed in the season, which begins 30 days ahead. So the earliest date lies before a wish of day 40, and the next one is day 45.
        var basis = Scene.Basis.With(new SeasonEntry(Scene.Season(today.PlusDays(30), today.PlusDays(60), 45)));
        var refusal = Scene.Refused<Refusal.LeadTimeShort>(
            BookingRules.Decide(Scene.Wish with { Start = Scene.At(today.PlusDays(40), 10) }, basis, WishKind.Booking));
        refusal.ShouldBe(new(40, 45, today.PlusDays(14)) { NextDate = today.PlusDays(45) });
        var calendar = basis.Catalogue.Calendar;
        LeadTime.NextDate(today.PlusDays(20), today, calendar, Policy.Default).ShouldBe(today.PlusDays(20));
        LeadTime.NextDate(today.PlusDays(-3), today, calendar, Policy.Default).ShouldBe(today.PlusDays(14));
        LeadTime.NextDate(today.PlusDays(40), today, calendar, Policy.Default with { HorizonDays = 44 }).ShouldBeNull();
    }

    [Fact]
    public void R02_an_operators_reason_lifts_the_lead_time_but_allows_neither_the_past_nor_days_beyond_the_horizon()
    {
        var today = LeadTime.Day(Scene.Now, Scene.Toronto);
        var wish = Scene.Wish with { OverrideReason = "machine room moved" };
        string Decide(Instant start) => Scene.Code(BookingRules.Decide(wish with { Start = start }, Scene.Basis, WishKind.Booking));
        Decide(Scene.At(today, 11)).ShouldBe("accepted");
        Decide(Scene.At(today, 10)).ShouldBe("past");
        Decide(Scene.At(today.PlusDays(366), 10)).ShouldBe("horizon");
    }

    [Theory]
    [InlineData(364, "accepted")]
    [InlineData(365, "accepted")]
    [InlineData(366, "horizon")]
    public void R02_the_last_day_of_the_horizon_can_be_booked(int days, string code)
    {
        var start = Scene.At(LeadTime.Day(Scene.Now, Scene.Toronto).PlusDays(days), 23);
        var basis = Scene.Basis.WithPacks(Scene.Plenty with { PurchasedOn = new(2027, 9, 1) });
        var decision = BookingRules.Decide(Scene.Wish with { Start = start }, basis, WishKind.Booking);
        Scene.Code(decision).ShouldBe(code);
        if (days == 366)
            Scene.Refused<Refusal.Horizon>(decision).ShouldBe(new(366, 365, new LocalDate(2028, 2, 29)));
    }

    [Fact]
    public void R02_a_block_that_starts_now_is_past_and_one_a_tick_later_is_not()
    {
        var basis = Scene.Basis.With(Policy.Default with { LeadTimeDays = 0 });
        string At(Instant now) => BookingRules.Dates(Scene.Wish.Start, basis with { Now = now }, false, null)?.Code ?? "accepted";
        At(Scene.Wish.Start).ShouldBe("past");
        At(Scene.Wish.Start - Duration.FromTicks(1)).ShouldBe("accepted");
        At(Scene.Wish.Start + Duration.FromTicks(1)).ShouldBe("past");
    }

    [Fact]
    public void R02_applies_to_every_way_to_get_a_booking()
    {
        var late = Scene.Basis with { Now = Scene.At(new(2027, 3, 9), 0) };
        foreach (var kind in Enum.GetValues<WishKind>())
            Scene.Code(BookingRules.Decide(Scene.Wish, late, kind)).ShouldBe("lead_time", kind.ToString());
        var inTime = late with { Now = late.Now - _second };
        var hold = Scene.Hold(Scene.Wish, inTime, inTime.Now + Duration.FromMinutes(10));
        BookingRules.Confirm(hold, inTime).ShouldBeNull();
        BookingRules.Confirm(hold, late).ShouldBeOfType<Refusal.LeadTimeShort>();
        BookingRules.Join(Scene.Wish, inTime, out _).ShouldBeNull();
        BookingRules.Join(Scene.Wish, late, out _).ShouldBeOfType<Refusal.LeadTimeShort>();
        var booking = Scene.Book(Scene.Wish with { Start = Scene.At(new(2027, 4, 1), 10) }, inTime);
        Scene.Code(BookingRules.Reschedule(booking, Scene.Wish.Start, null, inTime)).ShouldBe("accepted");
        Scene.Code(BookingRules.Reschedule(booking, Scene.Wish.Start, null, late)).ShouldBe("lead_time");
        Scene.Code(BookingRules.Reschedule(booking, Scene.Wish.Start, "asked by phone", late)).ShouldBe("accepted");
    }

    private static List<Instant> Starts(QuarterHours walk, long day)
    {
        var starts = new List<Instant>();
        for (var i = walk.FirstOf(day); i < walk.Local.Length && walk.DayAt(i) <= day; i++)
        {
            if (walk.DayAt(i) == day && walk.IsWholeHour(i))
                starts.Add(walk.At(i));
        }

        return starts;
    }

    /// <summary>Compares production with the walk, for the policy's 14 days or for a season of 21 days on the exam day alone.</summary>
    /// <returns>The number of comparisons.</returns>
    private static int Check(QuarterHours walk, DateTimeZone zone, Instant now, IReadOnlyCollection<Instant> starts, long exam, int leadTime)
    {
        var catalogue = Catalogue.Empty;
        if (leadTime != 14)
            catalogue = catalogue.With(new SeasonEntry(Scene.Season(Date(exam), Date(exam), leadTime)), 1);
        var basis = new DecisionBasis(Scene.School with { Zone = zone }, InstitutionState.Empty, catalogue, now);
        var today = walk.DayAt(now);
        var given = exam - today;
        var earliest = today;
        while (earliest - today < (earliest == exam ? leadTime : 14))
            earliest++;
        foreach (var start in starts)
        {
            var refusal = BookingRules.Dates(start, basis, false, null);
            var agrees = given >= leadTime
                ? refusal is null
                : refusal is Refusal.LeadTimeShort why && why.DaysGiven == given && why.DaysNeeded == leadTime && why.EarliestDate == Date(earliest);
            if (!agrees)
                Assert.Fail($"{zone.Id} now {now} start {start}: {given} days given, {leadTime} needed, earliest {Date(earliest)}; production says {refusal}");
        }

        return starts.Count;
    }

    // The walk counts days by itself. The test below compares this count with NodaTime's dates.
    private static LocalDate Date(long day) => _epoch.PlusDays((int)day);

    [Fact]
    public void R02_the_days_of_the_walk_are_those_of_the_calendar()
    {
        for (var date = new LocalDate(2019, 12, 1); date < new LocalDate(2041, 2, 1); date = date.PlusDays(1))
            Date(QuarterHours.DayOf(date.Year, date.Month, date.Day)).ShouldBe(date);
    }
}
