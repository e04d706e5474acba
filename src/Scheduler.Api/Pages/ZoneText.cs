using System.Globalization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>Zones as people call them: a city, and the short name of the clock.</summary>
internal static class ZoneText
{
    // Short names of CLDR for the clocks of Canada, by the name in the zone data. A name counts only with the offset that the name means.
    private static readonly Dictionary<string, (int Minutes, string English, string French)> _clocks = new()
    {
        ["NST"] = (-210, "NST", "HNT"), ["NDT"] = (-150, "NDT", "HAT"),
        ["AST"] = (-240, "AST", "HNA"), ["ADT"] = (-180, "ADT", "HAA"),
        ["EST"] = (-300, "EST", "HNE"), ["EDT"] = (-240, "EDT", "HAE"),
        ["CST"] = (-360, "CST", "HNC"), ["CDT"] = (-300, "CDT", "HAC"),
        ["MST"] = (-420, "MST", "HNR"), ["MDT"] = (-360, "MDT", "HAR"),
        ["PST"] = (-480, "PST", "HNP"), ["PDT"] = (-420, "PDT", "HAP"),
    };

    // The clock of each region's standard time. Where the zone data name a neighbour's clock, the distance from UTC is said instead.
    private static readonly Dictionary<string, string> _regions = new()
    {
        ["America/St_Johns"] = "N", ["America/Halifax"] = "A", ["America/Moncton"] = "A", ["America/Glace_Bay"] = "A", ["America/Goose_Bay"] = "A",
        ["America/Toronto"] = "E", ["America/Montreal"] = "E", ["America/Iqaluit"] = "E", ["America/New_York"] = "E", ["America/Detroit"] = "E",
        ["America/Winnipeg"] = "C", ["America/Regina"] = "C", ["America/Swift_Current"] = "C", ["America/Chicago"] = "C", ["America/Rankin_Inlet"] = "C",
        ["America/Edmonton"] = "M", ["America/Denver"] = "M", ["America/Inuvik"] = "M", ["America/Cambridge_Bay"] = "M", ["America/Yellowknife"] = "M",
        ["America/Whitehorse"] = "M", ["America/Dawson"] = "M", ["America/Fort_Nelson"] = "M", ["America/Creston"] = "M", ["America/Phoenix"] = "M",
        ["America/Vancouver"] = "P", ["America/Los_Angeles"] = "P",
    };

    private static readonly Dictionary<string, (string English, string French)> _cities = new()
    {
        ["America/St_Johns"] = ("St. John’s", "St. John’s"),
        ["America/Regina"] = ("Regina", "Regina"),
        ["America/New_York"] = ("New York", "New York"),
        ["America/Montreal"] = ("Montréal", "Montréal"),
        ["Europe/London"] = ("London", "Londres"),
        ["Etc/UTC"] = ("UTC", "UTC"),
        ["UTC"] = ("UTC", "UTC"),
    };

    /// <summary>The city, such as <c>Toronto</c>.</summary>
    public static string City(DateTimeZone zone, PageLanguage language) => _cities.TryGetValue(zone.Id, out var known)
        ? language == PageLanguage.French ? known.French : known.English
        : zone.Id[(zone.Id.LastIndexOf('/') + 1)..].Replace('_', ' ');

    /// <summary>Such as <c>EST</c>, <c>HNE</c>, or <c>UTC−7</c> where no short name is true.</summary>
    public static string Short(DateTimeZone zone, Instant at, PageLanguage language)
    {
        var interval = zone.GetZoneInterval(at);
        var isTrue = _clocks.TryGetValue(interval.Name, out var clock)
            && clock.Minutes * 60 == interval.WallOffset.Seconds
            && (!_regions.TryGetValue(zone.Id, out var region) || interval.Name.StartsWith(region, StringComparison.Ordinal));
        return isTrue ? language == PageLanguage.French ? clock.French : clock.English : Distance(interval.WallOffset);
    }

    /// <summary>Such as <c>UTC−7</c>, <c>UTC−3:30</c>, <c>UTC</c>.</summary>
    private static string Distance(Offset offset)
    {
        var minutes = Math.Abs(offset.Seconds) / 60;
        var sign = offset.Seconds switch { 0 => "", < 0 => "−", _ => "+" };
        var hours = minutes == 0 ? "" : (minutes / 60).ToString(CultureInfo.InvariantCulture);
        return $"UTC{sign}{hours}{(minutes % 60 == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $":{minutes % 60:00}"))}";
    }
}
