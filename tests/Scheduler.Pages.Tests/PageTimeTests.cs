using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>Dates, times and zones as section 4 of the design says.</summary>
public sealed class PageTimeTests
{
    private static readonly Instant _now = Instant.FromUtc(2026, 11, 17, 19, 14);

    [Theory]
    [InlineData("en-CA", "America/Toronto", "2026-12-09T18:00:00Z", "Wed Dec 9, 13:00 EST")]
    [InlineData("fr-CA", "America/Toronto", "2026-12-09T18:00:00Z", "mer. 9 déc., 13 h HNE")]
    [InlineData("fr-CA", "America/St_Johns", "2026-12-01T13:00:00Z", "mar. 1er déc., 9 h 30 HNT")]
    [InlineData("en-CA", "America/Regina", "2026-07-09T18:00:00Z", "Thu Jul 9, 12:00 CST")]
    [InlineData("en-CA", "America/Halifax", "2027-01-04T18:00:00Z", "Mon Jan 4, 2027, 14:00 AST")]
    [InlineData("fr-CA", "America/Halifax", "2027-01-04T18:00:00Z", "lun. 4 janv. 2027, 14 h HNA")]
    [InlineData("en-CA", "Etc/UTC", "2026-12-09T18:00:00Z", "Wed Dec 9, 18:00 UTC")]
    [InlineData("en-CA", "Asia/Kolkata", "2026-12-09T18:00:00Z", "Wed Dec 9, 23:30 UTC+5:30")]
    public void A_moment_names_its_zone(string language, string zone, string at, string text) =>
        Plain(Time(language, zone).Moment(NodaTime.Text.InstantPattern.General.Parse(at).Value)).ShouldBe(text);

    [Theory]
    [InlineData("en-CA", "2026-12-09T18:00:00Z", "Wed Dec 9, 1:00 p.m. EST")]
    [InlineData("en-CA", "2026-12-09T05:05:00Z", "Wed Dec 9, 12:05 a.m. EST")]
    [InlineData("en-CA", "2026-12-09T17:00:00Z", "Wed Dec 9, 12:00 p.m. EST")]
    [InlineData("fr-CA", "2026-12-09T18:00:00Z", "mer. 9 déc., 13 h HNE")]
    public void A_clock_of_twelve_hours_is_for_English(string language, string at, string text) => Plain(
        (Time(language, "America/Toronto") with { HasTwelveHours = true }).Moment(NodaTime.Text.InstantPattern.General.Parse(at).Value)).ShouldBe(text);

    [Theory]
    [InlineData("en-CA", "2026-12-09T18:00:00Z", "13:00–15:00")]
    [InlineData("en-CA", "2027-03-14T06:00:00Z", "01:00 EST–04:00 EDT")]
    [InlineData("fr-CA", "2026-11-01T05:00:00Z", "1 h HAE–2 h HNE", 2)]
    [InlineData("fr-CA", "2026-11-01T05:00:00Z", "1 h HAE–1 h HNE", 1)]
    public void Hours_across_a_change_of_the_clock_name_both_zones(string language, string from, string text, int hours = 2)
    {
        var start = NodaTime.Text.InstantPattern.General.Parse(from).Value;
        Plain(Time(language, "America/Toronto").Hours(start, start + Duration.FromHours(hours))).ShouldBe(text);
    }

    [Theory]
    [InlineData("en-CA", 2026, "Wednesday, December 9")]
    [InlineData("en-CA", 2027, "Thursday, December 9, 2027")]
    [InlineData("fr-CA", 2027, "jeudi 9 décembre 2027")]
    public void A_long_date_of_another_year_has_its_year(string language, int year, string text) =>
        Time(language, "America/Toronto").LongDate(new(year, 12, 9)).ShouldBe(text);

    [Theory]
    [InlineData("2026-11-01T05:30:00Z", "01:30 EDT")]
    [InlineData("2026-11-01T06:30:00Z", "01:30 EST")]
    public void The_hour_that_comes_twice_is_told_apart(string at, string text) =>
        Time("en-CA", "America/Toronto").Clock(NodaTime.Text.InstantPattern.General.Parse(at).Value).ShouldBe(text);

    /// <summary>The zone data may call a region's clock by a neighbour's name: then the distance is said, never the name.</summary>
    [Theory]
    [InlineData("America/Vancouver", 'P')]
    [InlineData("America/Edmonton", 'M')]
    [InlineData("America/Winnipeg", 'C')]
    public void No_place_is_called_by_a_neighbours_clock(string zone, char own)
    {
        for (var day = 0; day < 400; day += 7)
        {
            var name = ZoneText.Short(DateTimeZoneProviders.Tzdb[zone], _now + Duration.FromDays(day), PageLanguage.English);
            (name[0] == own || name.StartsWith("UTC", StringComparison.Ordinal)).ShouldBeTrue($"{zone}: {name}");
        }
    }

    [Fact]
    public void A_place_is_a_city_and_a_short_name()
    {
        Time("en-CA", "America/Toronto").Place(_now).ShouldBe("Toronto, EST");
        Time("fr-CA", "America/St_Johns").Place(_now).ShouldBe("St. John’s, HNT");
    }

    private static PageTime Time(string language, string zone) => new(PageLanguage.Of(language)!, DateTimeZoneProviders.Tzdb[zone], _now);

    private static string Plain(string text) => text.Replace('\u00a0', ' ');
}
