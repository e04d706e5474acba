using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>R11: a plan places a request only where the request allows it: in its windows (local, on one day), and by R1, R2, R5 and R8.</summary>
public sealed class R11_RequestCandidates
{
    /// <summary>A school, a pool and a request near a clock change of the school's zone.</summary>
    public sealed record Situation(
        DateTimeZone Zone, DateTimeZone PoolZone, Instant Now, int LeadTimeDays, int HorizonDays, int Minutes, int Extra, ImmutableArray<RequestWindow> Windows)
    {
        /// <summary>The season over the middle of the windows.</summary>
        public required Season Season { get; init; }
    }

    private static Gen<RequestWindow> Windows(LocalDate today) =>
        from first in Gen.Choose(-4, 40)
        from length in Gen.Choose(0, 12)
        from days in Gen.OneOf(
            Gen.Constant(ImmutableArray<IsoDayOfWeek>.Empty),
            Gen.SubListOf(Enum.GetValues<IsoDayOfWeek>().Where(day => day != IsoDayOfWeek.None)).Select(some => some.ToImmutableArray()))
        from begin in Gen.OneOf(Gen.Choose(0, 23).Select(hour => hour * 60), Gen.Choose(0, 1430), Gen.Constant(0))
        from end in Gen.OneOf(Gen.Choose(1, 24).Select(hour => hour * 60), Gen.Choose(1, 1440), Gen.Constant(1440))
        select new RequestWindow(today.PlusDays(first), today.PlusDays(first + length), days, Math.Min(begin, end - 1), Math.Max(begin + 1, end));

    /// <summary>Situations near clock changes.</summary>
    public static Arbitrary<Situation> Situations() =>
        (from zone in Generators.Zones
         from poolZone in Gen.OneOf(Gen.Constant(zone), Generators.Zones)
         from change in Gen.Elements(zone.GetZoneIntervals(Instant.FromUtc(2024, 2, 1, 0, 0), Instant.FromUtc(2033, 1, 1, 0, 0)).ToArray())
         from minutesBefore in Gen.Choose(0, 30 * 1440)
         let now = (change.HasStart && change.Start > Instant.FromUtc(2024, 2, 1, 0, 0) ? change.Start : Instant.FromUtc(2027, 3, 1, 0, 0))
            - Duration.FromMinutes(minutesBefore)
         let today = LeadTime.Day(now, zone)
         from leadTime in Gen.Choose(0, 20)
         from horizon in Gen.Choose(0, 45)
         from minutes in Gen.Elements(50, 60, 110, 120, 170)
         from extra in Gen.Elements(0, 0, 100)
         from windows in Windows(today).NonEmptyListOf()
         from seasonFrom in Gen.Choose(0, 30)
         from seasonLead in Gen.Choose(0, 30)
         select new Situation(zone, poolZone, now, leadTime, horizon, minutes, extra, [.. windows.Take(4)])
         {
             Season = Scene.Season(today.PlusDays(seasonFrom), today.PlusDays(seasonFrom + 6), seasonLead, collectUntil: now + Duration.FromDays(3)),
         }).ToArbitrary();

    [Property(Arbitrary = [typeof(R11_RequestCandidates)], MaxTest = 1_000)]
    public void R11_the_candidates_are_what_walking_minute_by_minute_finds(Situation at)
    {
        var catalogue = CatalogueOf(at);
        var request = RequestOf(at);
        var expected = new List<Instant>();
        var slots = request.Profile.Slots;
        var hour = Instant.FromUnixTimeSeconds((at.Now.ToUnixTimeSeconds() / 900 * 900) - (6 * 86_400));
        for (var start = hour; start < at.Now + Duration.FromDays(60); start += Duration.FromMinutes(15))
        {
            if (start > at.Now && IsCandidate(start, slots, at))
                expected.Add(start);
        }

        RequestCandidates.Of(request, SchoolOf(at), catalogue, at.Now).ShouldBe(expected);
    }

    [Fact]
    public void R11_on_the_day_the_clocks_go_back_both_hours_are_candidates_and_a_block_of_two_fits_a_window_of_one_hour()
    {
        // 7 November 2027 in Toronto: 01:00 to 02:00 comes twice.
        var day = new LocalDate(2027, 11, 7);
        Starts(day, 60, 120, minutes: 50).ShouldBe([Instant.FromUtc(2027, 11, 7, 5, 0), Instant.FromUtc(2027, 11, 7, 6, 0)]);
        Starts(day, 60, 120, minutes: 110).ShouldBe([Instant.FromUtc(2027, 11, 7, 5, 0)]);
        Starts(day, 60, 119, minutes: 110).ShouldBeEmpty();
    }

    [Fact]
    public void R11_on_the_day_the_clocks_go_forward_the_missing_hour_gives_no_candidate()
    {
        // 14 March 2027 in Toronto: 02:00 to 03:00 is missing, so two hours from 01:00 on end at 04:00.
        var day = new LocalDate(2027, 3, 14);
        var now = Scene.At(new(2027, 2, 1), 10);
        Starts(day, 120, 180, minutes: 50, now).ShouldBeEmpty();
        Starts(day, 60, 180, minutes: 110, now).ShouldBeEmpty();
        Starts(day, 60, 240, minutes: 110, now).ShouldBe([Instant.FromUtc(2027, 3, 14, 6, 0)]);
    }

    /// <summary>Bug: on a day whose clock skips midnight (Havana, 9 March 2025), windows were read as if the day began at 00:00.</summary>
    [Fact]
    public void R11_on_a_day_without_midnight_the_windows_are_those_of_the_clock()
    {
        var havana = DateTimeZoneProviders.Tzdb["America/Havana"];
        var (day, now) = (new LocalDate(2025, 3, 9), Instant.FromUtc(2025, 2, 1, 0, 0));
        var request = Request(new RequestWindow(day, day, [], 60, 120), Scene.Exam);
        RequestCandidates.Of(request, Scene.School with { Zone = havana }, Scene.Catalogue, now).ShouldBe([Instant.FromUtc(2025, 3, 9, 5, 0)]);
        RequestCandidates.Of(request with { Windows = [new(day, day, [], 0, 60)] }, Scene.School with { Zone = havana }, Scene.Catalogue, now).ShouldBeEmpty();
    }

    [Fact]
    public void R11_a_block_that_would_end_after_midnight_is_no_candidate_and_one_that_ends_at_midnight_is()
    {
        var day = new LocalDate(2027, 5, 3);
        Starts(day, 22 * 60, 1440, minutes: 110).ShouldBe([Scene.At(day, 22)]);
    }

    [Theory]
    [InlineData("2027-03-14", 0)]
    [InlineData("2027-03-15", 1)]
    [InlineData("2028-02-29", 1)]
    [InlineData("2028-03-01", 0)]
    public void R02_holds_for_the_candidates_of_a_request(string day, int candidates) =>
        Starts(NodaTime.Text.LocalDatePattern.Iso.Parse(day).Value, 600, 660, minutes: 50).Length.ShouldBe(candidates);

    [Fact]
    public void R08_a_school_that_is_not_ready_has_no_candidates()
    {
        var request = Request(new RequestWindow(new(2027, 5, 3), new(2027, 5, 3), [], 600, 660), Scene.Exam);
        RequestCandidates.Of(request, Scene.School, Scene.Catalogue, Scene.Now).Length.ShouldBe(1);
        RequestCandidates.Of(request, Scene.School with { Onboarding = Onboarding.Agreement }, Scene.Catalogue, Scene.Now).ShouldBeEmpty();
    }

    [Fact]
    public void R16_a_season_that_collects_requests_keeps_its_candidates()
    {
        var request = Request(new RequestWindow(new(2027, 5, 3), new(2027, 5, 3), [], 600, 660), Scene.Exam);
        var season = Scene.Season(new(2027, 5, 1), new(2027, 5, 31), collectUntil: Scene.Now + Duration.FromDays(10));
        RequestCandidates.Of(request, Scene.School, Scene.Catalogue.With(new SeasonEntry(season), 1), Scene.Now).Length.ShouldBe(1);
    }

    [Fact]
    public void R11_an_hour_without_capacity_is_a_candidate_and_a_retired_pool_gives_none()
    {
        var request = Request(new RequestWindow(new(2027, 5, 3), new(2027, 5, 3), [], 600, 660), Scene.Exam);
        var closed = Scene.Catalogue.With(new CapacityEntry(Scene.PoolId, PoolCapacity.None), 2);
        RequestCandidates.Of(request, Scene.School, closed, Scene.Now).Length.ShouldBe(1);
        var retired = Scene.Catalogue.With(Scene.Catalogue.Pools[Scene.PoolId].Value with { Retired = Scene.Now }, 2);
        RequestCandidates.Of(request, Scene.School, retired, Scene.Now).ShouldBeEmpty();
        RequestCandidates.Of(request with { Windows = [] }, Scene.School, Scene.Catalogue, Scene.Now).ShouldBeEmpty();
        RequestCandidates.Of(request with { Exam = ExamId.Of("other") }, Scene.School, Scene.Catalogue, Scene.Now).ShouldBeEmpty();
    }

    private static ImmutableArray<Instant> Starts(LocalDate day, int fromMinute, int toMinute, int minutes, Instant? now = null)
    {
        var exam = Scene.Exam with { Minutes = minutes };
        var request = Request(new RequestWindow(day, day, [], fromMinute, toMinute), exam);
        return RequestCandidates.Of(request, Scene.School, Scene.Catalogue.With(exam, 2), now ?? Scene.Now);
    }

    private static Request Request(RequestWindow window, Exam exam) => new()
    {
        Id = RequestId.New(),
        Institution = Scene.SchoolId,
        Exam = Scene.ExamId,
        Pool = Scene.PoolId,
        PreferredStart = Scene.Wish.Start,
        Seats = 4,
        Profile = BlockLength.Profile(ExamTerms.Of(exam), 4, []),
        Mode = DeliveryMode.Lab,
        Windows = [window],
    };

    private static Exam ExamOf(Situation at) => Scene.Exam with { Minutes = at.Minutes, CheckInMinutes = 0, ResetMinutes = 0 };

    internal static Institution SchoolOf(Situation at) => Scene.School with { Zone = at.Zone };

    internal static Catalogue CatalogueOf(Situation at) => Scene.Catalogue
        .With(new Pool(Scene.PoolId, "Pool", at.PoolZone, "office"), 2)
        .With(ExamOf(at), 2)
        .With(new SeasonEntry(at.Season), 1)
        .With(new PolicyEntry(Policy.Default with { LeadTimeDays = at.LeadTimeDays, HorizonDays = at.HorizonDays }), 1);

    internal static Request RequestOf(Situation at)
    {
        ImmutableArray<Accommodation> extra = at.Extra == 0 ? [] : [new(1, at.Extra)];
        return Request(at.Windows[0], ExamOf(at)) with
        {
            Windows = at.Windows,
            Accommodations = extra,
            Profile = BlockLength.Profile(ExamTerms.Of(ExamOf(at)), 4, extra),
        };
    }

    private static bool IsCandidate(Instant start, int slots, Situation at)
    {
        for (var k = 0; k < slots; k++)
        {
            var shown = (start + Duration.FromHours(k)).InZone(at.PoolZone);
            if (shown.Minute != 0 || shown.Second != 0)
                return false;
        }

        var days = Period.DaysBetween(at.Now.InZone(at.Zone).Date, start.InZone(at.Zone).Date);
        var inSeason = at.Season.From <= start.InZone(at.Zone).Date && start.InZone(at.Zone).Date <= at.Season.To;
        if (days > at.HorizonDays || days < at.LeadTimeDays || (inSeason && days < at.Season.LeadTimeDays))
            return false;
        return at.Windows.Any(window => LiesIn(window, start, slots, at.Zone));
    }

    private static bool LiesIn(RequestWindow window, Instant start, int slots, DateTimeZone zone)
    {
        var date = start.InZone(zone).Date;
        if (date < window.From || date > window.To || (window.Days.Length > 0 && !window.Days.Contains(date.DayOfWeek)))
            return false;
        for (var minute = 0; minute < slots * 60; minute++)
        {
            var local = (start + Duration.FromMinutes(minute)).InZone(zone);
            var ofDay = (local.Hour * 60) + local.Minute;
            if (local.Date != date || ofDay < window.FromMinute || ofDay + 1 > window.ToMinute)
                return false;
        }

        return true;
    }
}
