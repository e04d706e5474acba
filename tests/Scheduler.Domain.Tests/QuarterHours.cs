using NodaTime;

namespace Scheduler.Tests;

/// <summary>
/// An independent calendar for R1 and R2, which shares no code with production. The calendar goes through a stretch of time by quarter hours, asks the zone
/// only for the offset at an instant, and counts days by its own arithmetic.
/// </summary>
internal sealed class QuarterHours
{
    private const long Quarter = 900;
    private readonly DateTimeZone _zone;

    private QuarterHours(DateTimeZone zone, long from, long[] local)
    {
        _zone = zone;
        From = from;
        Local = local;
    }

    /// <summary>Seconds since 1970 of the first quarter hour.</summary>
    public long From { get; }

    /// <summary>Local clock readings at each quarter hour, in seconds since 1970-01-01 local.</summary>
    public long[] Local { get; }

    /// <summary>A walk over whole UTC days around an instant.</summary>
    public static QuarterHours Around(DateTimeZone zone, Instant middle, int daysBefore, int daysAfter)
    {
        var from = (Floor(middle.ToUnixTimeSeconds(), 86_400) - daysBefore) * 86_400;
        var local = new long[(daysBefore + 1 + daysAfter) * 96];
        for (var i = 0; i < local.Length; i++)
            local[i] = Clock(zone, from + (i * Quarter));
        return new(zone, from, local);
    }

    /// <summary>The instant of the i-th quarter hour.</summary>
    public Instant At(int i) => Instant.FromUnixTimeSeconds(From + (i * Quarter));

    /// <summary>Whether the local clock shows a whole hour there.</summary>
    public bool IsWholeHour(int i) => Mod(Local[i], 3600) == 0;

    /// <summary>The local day that the clock shows at the i-th quarter hour, counted from 1970-01-01.</summary>
    public long DayAt(int i) => Floor(Local[i], 86_400);

    /// <summary>The local day at any instant: the clock's reading there.</summary>
    public long DayAt(Instant instant) => Floor(Clock(_zone, instant.ToUnixTimeSeconds()), 86_400);

    /// <summary>The first quarter hour at which the clock shows this local day, or −1.</summary>
    public int FirstOf(long day)
    {
        // A day has at least 22 hours, which are 88 quarters. So a step of 80 quarters cannot jump over a day.
        for (var i = 0; i < Local.Length; i++)
        {
            if (DayAt(i) == day)
                return i;
            if (DayAt(i) + 1 < day)
                i += 79;
        }

        return -1;
    }

    /// <summary>The number of days from 1970-01-01 to a date, by months and leap years.</summary>
    public static long DayOf(int year, int month, int day)
    {
        long days = day - 1;
        for (var m = 1; m < month; m++)
            days += m switch { 2 => IsLeap(year) ? 29 : 28, 4 or 6 or 9 or 11 => 30, _ => 31 };
        for (var y = 1970; y < year; y++)
            days += IsLeap(y) ? 366 : 365;
        return days;
    }

    private static bool IsLeap(int year) => year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);

    private static long Clock(DateTimeZone zone, long seconds) => seconds + zone.GetUtcOffset(Instant.FromUnixTimeSeconds(seconds)).Seconds;

    private static long Floor(long a, long b) => a >= 0 ? a / b : -((-a + b - 1) / b);

    private static long Mod(long a, long b) => a - (Floor(a, b) * b);
}
