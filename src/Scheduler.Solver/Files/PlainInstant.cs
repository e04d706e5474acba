using NodaTime;

namespace Scheduler.Solver;

/// <summary>Parses the most frequent form of instant, <c>2026-12-07T14:00:00Z</c>, without a string: a season of 100,000 requests has three million of
/// them.</summary>
internal static class PlainInstant
{
    private static readonly Instant Epoch = NodaConstants.UnixEpoch;

    public static bool TryParse(ReadOnlySpan<byte> text, out Instant instant)
    {
        instant = default;
        if (text.Length != 20 || text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text[19] != 'Z')
            return false;
        var year = (Two(text, 0) * 100) + Two(text, 2);
        var month = Two(text, 5);
        var day = Two(text, 8);
        var hour = Two(text, 11);
        var minute = Two(text, 14);
        var second = Two(text, 17);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > 31 || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 59)
            return false;
        if (day > 28 && day > CalendarSystem.Iso.GetDaysInMonth(year, month))
            return false;
        instant = Epoch + Duration.FromSeconds((((((DaysFromCivil(year, month, day) * 24) + hour) * 60) + minute) * 60) + second);
        return true;
    }

    private static int Two(ReadOnlySpan<byte> text, int at)
    {
        var tens = text[at] - '0';
        var ones = text[at + 1] - '0';
        return (uint)tens <= 9 && (uint)ones <= 9 ? (tens * 10) + ones : -10_000;
    }

    // Days since 1970-01-01 in the proleptic Gregorian calendar. Years are counted from March, so that the leap day is the last day.
    private static long DaysFromCivil(int year, int month, int day)
    {
        var y = month <= 2 ? year - 1 : year;
        var era = y / 400;
        var yearOfEra = y - (era * 400);
        var dayOfYear = (((153 * (month + (month > 2 ? -3 : 9))) + 2) / 5) + day - 1;
        var dayOfEra = (yearOfEra * 365) + (yearOfEra / 4) - (yearOfEra / 100) + dayOfYear;
        return ((long)era * 146_097) + dayOfEra - 719_468;
    }
}
