using System.Globalization;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Reads the contract's texts: instants, dates, zones, ids, words of closed lists. Each says its remedy when it cannot.</summary>
internal static class Words
{
    private const int FirstYear = 2000;
    private const int LastYear = 2200;
    private static readonly HashSet<string> _zones = [.. DateTimeZoneProviders.Tzdb.Ids];

    /// <summary>Such as <c>2026-12-07T14:00:00Z</c>, with up to nine decimals of a second; no other offset than Z.</summary>
    public static bool TryInstant(string text, out Instant value, out string remedy)
    {
        remedy = $"must be an instant in UTC such as 2026-12-07T14:00:00Z, from {FirstYear} to {LastYear}";
        value = default;
        if (text.Length is < 20 or > 30 || text[^1] != 'Z' || (text.Length > 20 && text[19] != '.') || text[4] != '-')
            return false;
        var parsed = InstantPattern.ExtendedIso.Parse(text);
        if (!parsed.TryGetValue(default, out value))
            return false;
        return value.InUtc().Year is >= FirstYear and <= LastYear;
    }

    /// <summary>Such as <c>2026-12-07</c>.</summary>
    public static bool TryDate(string text, out LocalDate value, out string remedy)
    {
        remedy = $"must be a date such as 2026-12-07, from {FirstYear} to {LastYear}";
        value = default;
        return text.Length == 10 && text[4] == '-' && LocalDatePattern.Iso.Parse(text).TryGetValue(default, out value) && value.Year is >= FirstYear and <= LastYear;
    }

    /// <summary>An id of the tz database.</summary>
    public static bool TryZone(string text, out DateTimeZone value, out string remedy)
    {
        remedy = $"must be an IANA time zone such as America/Toronto; '{Short(text)}' is none";
        // Asked by the list: the provider would also make up zones such as UTC+03:12.
        var known = _zones.Contains(text);
        value = known ? DateTimeZoneProviders.Tzdb[text] : DateTimeZone.Utc;
        return known;
    }

    /// <summary>A whole hour, <c>00:00</c> to <c>24:00</c>.</summary>
    public static bool TryHour(string text, out int value, out string remedy)
    {
        remedy = "must be a whole hour such as 08:00, at most 24:00";
        value = 0;
        return text.Length == 5 && text.EndsWith(":00", StringComparison.Ordinal) && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1])
            && int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out value) && value <= 24;
    }

    /// <summary>mon … sun.</summary>
    public static bool TryDay(string text, out IsoDayOfWeek value, out string remedy)
    {
        remedy = "must be one of mon, tue, wed, thu, fri, sat, sun";
        value = text switch
        {
            "mon" => IsoDayOfWeek.Monday,
            "tue" => IsoDayOfWeek.Tuesday,
            "wed" => IsoDayOfWeek.Wednesday,
            "thu" => IsoDayOfWeek.Thursday,
            "fri" => IsoDayOfWeek.Friday,
            "sat" => IsoDayOfWeek.Saturday,
            "sun" => IsoDayOfWeek.Sunday,
            _ => IsoDayOfWeek.None,
        };
        return value != IsoDayOfWeek.None;
    }

    public static bool TryMode(string text, out DeliveryMode value, out string remedy)
    {
        remedy = "must be lab or online";
        value = text == "online" ? DeliveryMode.Online : DeliveryMode.Lab;
        return text is "lab" or "online";
    }

    public static bool TryRole(string text, out Role value, out string remedy)
    {
        remedy = "must be operator, coordinator, instructor or viewer";
        value = text switch
        {
            "operator" => Role.Operator,
            "coordinator" => Role.Coordinator,
            "instructor" => Role.Instructor,
            _ => Role.Viewer,
        };
        return text is "operator" or "coordinator" or "instructor" or "viewer";
    }

    public static bool TryLateVouchers(string text, out LateVouchers value, out string remedy)
    {
        remedy = "must be forfeit or return";
        value = text == "return" ? LateVouchers.Return : LateVouchers.Forfeit;
        return text is "forfeit" or "return";
    }

    public static bool TryBookingStatus(string text, out BookingStatus value, out string remedy)
    {
        remedy = "must be confirmed or cancelled";
        value = text == "cancelled" ? BookingStatus.Cancelled : BookingStatus.Confirmed;
        return text is "confirmed" or "cancelled";
    }

    public static bool TryPool(string text, out PoolId value, out string remedy) => PoolId.TryParse(text, out value) | Slugged(out remedy);

    public static bool TryExam(string text, out ExamId value, out string remedy) => ExamId.TryParse(text, out value) | Slugged(out remedy);

    public static bool TryInstitution(string text, out InstitutionId value, out string remedy) => InstitutionId.TryParse(text, out value) | Slugged(out remedy);

    public static bool TryAny(string text, out string value, out string remedy)
    {
        value = text;
        remedy = "";
        return true;
    }

    /// <summary>One line for people: not blank, without control characters, and without those that turn the direction of what stands around them.</summary>
    public static bool IsLine(string text, int most, out string remedy) => IsText(text, most, severalLines: false, out remedy);

    /// <summary>As a line, but it may have several.</summary>
    public static bool IsReason(string text, int most, out string remedy) => IsText(text, most, severalLines: true, out remedy);

    private static bool IsText(string text, int most, bool severalLines, out string remedy)
    {
        remedy = $"must be 1 to {most} characters, not blank, without control characters";
        if (text.Length > most || string.IsNullOrWhiteSpace(text))
            return false;
        foreach (var c in text)
        {
            var isBreak = c is '\n' or '\r' or '\t';
            var isOdd = char.IsControl(c) || c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u2028' or '\u2029' or '\uFFFE' or '\uFFFF' or '\uFEFF';
            if (isOdd && !(severalLines && isBreak))
                return false;
        }

        return true;
    }

    private static bool Slugged(out string remedy)
    {
        remedy = "must be an id: 1 to 64 of a-z 0-9 - _, starting with a letter or digit";
        return false;
    }

    private static string Short(string text) => text.Length > 40 ? text[..40] + "…" : text;
}
