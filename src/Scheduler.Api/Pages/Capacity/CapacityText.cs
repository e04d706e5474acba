using Microsoft.Extensions.Localization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>How the pages of capacity name hours.</summary>
internal static class CapacityText
{
    /// <summary>The end of a day's hours, such as <c>17:00</c>; midnight is <c>24:00</c> or <c>24 h</c>.</summary>
    public static string Hour(int hour, IStringLocalizer texts, PageTime time) => hour == 24 ? texts["hour.midnight"] : time.Clock(new LocalTime(hour, 0));

    /// <summary>Such as <c>Wed Dec 9 to Fri Dec 11, 09:00 to 12:00 EST</c>.</summary>
    public static string Range(HourRange range, IStringLocalizer texts, PageTime time)
    {
        var zone = ZoneText.Short(time.Zone, time.Zone.AtLeniently(range.Day.At(new LocalTime(range.Hour, 0))).ToInstant(), time.Language);
        var (from, until) = (Hour(range.Hour, texts, time), Hour(range.Until, texts, time));
        return range.Day == range.Last
            ? texts["range.day", time.Date(range.Day), from, until, zone]
            : texts["range.days", time.Date(range.Day), time.Date(range.Last), from, until, zone];
    }

    /// <summary>Such as <c>Wed Dec 9, 10:00</c>.</summary>
    public static string Slot(Instant start, PageTime time)
    {
        var local = start.InZone(time.Zone);
        return $"{time.Date(local.Date)}, {time.Clock(local.TimeOfDay)}";
    }

    /// <summary>Why a save changed nothing, by the code of the answer.</summary>
    public static string Why(string code, IStringLocalizer texts) => code switch
    {
        "capacity_below_booked" or "nothing" or "stale" or "busy" or "unavailable" or "outcome_unknown" => texts[$"why.{code}"],
        _ => texts["why.else"],
    };

    /// <summary>The sentence that a forced change says of its shortfall (R3).</summary>
    public static string Forced(CapacityPreview preview, IStringLocalizer texts)
    {
        var below = preview.Below.ToList();
        var seats = below.Select(hour => hour.After).Distinct().ToList();
        var missing = texts.Count("seats", preview.SeatsShort);
        return seats.Count == 1
            ? texts.Count("forced.same", below.Count, texts.Count("seats", seats[0]), missing)
            : texts.Count("forced", below.Count, missing);
    }
}
