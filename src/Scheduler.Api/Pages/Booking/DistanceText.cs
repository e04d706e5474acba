using Microsoft.Extensions.Localization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>How far one start is from another, such as "2 hours later" or "1 day earlier".</summary>
internal static class DistanceText
{
    public static string Of(Instant start, Instant wanted, IStringLocalizer texts)
    {
        var hours = (int)Math.Round(Math.Abs((start - wanted).TotalHours));
        var amount = hours >= 24 && hours % 24 == 0 ? texts.Count("distance.days", hours / 24) : texts.Count("distance.hours", hours);
        return texts[start < wanted ? "distance.earlier" : "distance.later", amount];
    }
}
