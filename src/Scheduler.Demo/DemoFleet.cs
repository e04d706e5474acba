using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Demo;

/// <summary>Six pools in four zones, two seasons, and the capacity: templates, and exceptions that replace the templates for some hours.</summary>
internal static class DemoFleet
{
    public static ImmutableArray<DemoPool> Pools { get; } =
    [
        Make("office-east", "Office, Canada East", "America/Toronto", "office", 7, 20, 140),
        Make("office-west", "Office, Canada West", "America/Vancouver", "office", 7, 19, 100),
        Make("office-nl", "Office, Newfoundland", "America/St_Johns", "office", 8, 20, 90),
        Make("creative-east", "Creative, Canada East", "America/Toronto", "creative", 7, 20, 110),
        Make("creative-central", "Creative, Canada Central", "America/Winnipeg", "creative", 7, 20, 90),
        Make("code-central", "Code and security, Canada Central", "America/Winnipeg", "code", 6, 19, 80),
    ];

    public static ImmutableArray<Season> Seasons(DemoDates dates) =>
    [
        new(SeasonId.Of("first-peak"), $"{Month(dates.FirstPeakFrom)} finals", dates.FirstPeakFrom, dates.FirstPeakTo, 21, 0.35m, null),
        new(SeasonId.Of("second-peak"), $"{Month(dates.SecondPeakFrom)} finals", dates.SecondPeakFrom, dates.SecondPeakTo, 28, 0.35m, null),
    ];

    /// <summary>Weekly templates: one for ordinary weeks, and one for each peak with more seats and longer Saturdays.</summary>
    public static IEnumerable<WeeklyTemplate> Templates(DemoPool pool, DemoDates dates)
    {
        yield return Week(dates.FirstCapacityDay, dates.LastCapacityDay, pool, pool.Seats, pool.Seats / 2, 14);
        yield return Week(dates.FirstPeakFrom, dates.FirstPeakTo, pool, pool.Seats * 5 / 4, pool.Seats, 17);
        yield return Week(dates.SecondPeakFrom, dates.SecondPeakTo, pool, pool.Seats * 5 / 4, pool.Seats, 17);
    }

    /// <summary>
    /// Closures on holidays, extra machines in the middle of the first peak, and, from today on, a maintenance window every fourth Wednesday evening.
    /// </summary>
    public static IEnumerable<(CapacityException Exception, string Reason)> Exceptions(DemoPool pool, DemoDates dates)
    {
        for (var day = dates.FirstCapacityDay.PlusDays(1); day <= dates.LastCapacityDay; day = day.PlusDays(1))
        {
            if (DemoDates.IsHoliday(day) && day.DayOfWeek != IsoDayOfWeek.Sunday)
                yield return (On(pool, day, pool.FromHour, pool.ToHour, 0), "Closed on a public holiday");
            else if (dates.HasExtraMachines(day))
                yield return (On(pool, day, 9, 16, pool.Seats * 3 / 2), "Extra machines for the peak");
            else if (day.DayOfWeek == IsoDayOfWeek.Wednesday && Period.DaysBetween(dates.Today, day) % 28 is >= 0 and < 7)
                yield return (On(pool, day, pool.ToHour - 2, pool.ToHour, pool.Seats / 4), "Maintenance: image updates, rack by rack");
        }
    }

    /// <summary>The first start on the pool's grid at or after this local hour in <paramref name="zone"/>.</summary>
    public static Instant StartFrom(Pool pool, LocalDate day, int hour, DateTimeZone zone) =>
        pool.Grid.FirstAtOrAfter(zone.AtLeniently(day.At(new LocalTime(hour, 0))).ToInstant());

    private static CapacityException On(DemoPool pool, LocalDate day, int fromHour, int toHour, int seats) =>
        new(StartFrom(pool.Pool, day, fromHour, pool.Pool.Zone), StartFrom(pool.Pool, day, toHour, pool.Pool.Zone), seats);

    private static WeeklyTemplate Week(LocalDate from, LocalDate to, DemoPool pool, int seats, int saturdaySeats, int saturdayTo) => new(
        from,
        to,
        [
            new(
                [IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday, IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday],
                new(pool.FromHour, 0), pool.ToHour, seats),
            new([IsoDayOfWeek.Saturday], new(9, 0), saturdayTo, saturdaySeats),
        ]);

    private static DemoPool Make(string id, string name, string zone, string image, int fromHour, int toHour, int seats) =>
        new(new(PoolId.Of(id), name, DateTimeZoneProviders.Tzdb[zone], image), fromHour, toHour, seats);

    private static string Month(LocalDate day) => System.Globalization.CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName(day.PlusDays(12).Month);
}
