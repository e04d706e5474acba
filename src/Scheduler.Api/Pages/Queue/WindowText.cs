using Microsoft.Extensions.Localization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Windows of flexible requests as people read them.</summary>
internal static class WindowText
{
    /// <summary>Such as "Mon, Tue, Dec 8 to Dec 18, 09:00–12:00".</summary>
    public static string Of(RequestWindow window, PageTime time, IStringLocalizer texts)
    {
        var days = window.Days.IsDefaultOrEmpty ? ""
            : window.Days.SequenceEqual(WindowFields.SchoolDays) ? $"{texts["window.schoolDays"]}, "
            : string.Join(", ", window.Days.Select(time.Day)) + ", ";
        return $"{days}{time.Range(window.From, window.To, texts)}, {Clock(window.FromMinute, time)}–{Clock(window.ToMinute, time)}";
    }

    private static string Clock(int minute, PageTime time) => time.Clock(LocalTime.FromMinutesSinceMidnight(minute % MinuteOfDay.Last));
}
