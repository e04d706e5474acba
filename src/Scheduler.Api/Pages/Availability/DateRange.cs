using Microsoft.Extensions.Localization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>Ranges of dates, such as "Dec 7 to 13" or "Dec 28, 2026 to Jan 3".</summary>
internal static class DateRange
{
    public static string Range(this PageTime time, LocalDate from, LocalDate to, IStringLocalizer texts)
    {
        // The year stands once, at the end, when both dates have it.
        var first = from.Year == to.Year ? time with { Now = from.AtMidnight().InUtc().ToInstant() + Duration.FromDays(1) } : time;
        return texts["availability.range", first.ShortDate(from), time.ShortDate(to)];
    }
}
