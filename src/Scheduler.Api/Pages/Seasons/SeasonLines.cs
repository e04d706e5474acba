using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The settings of a season in words.</summary>
internal static class SeasonLines
{
    /// <summary>Each setting with its value, in their order.</summary>
    private static IEnumerable<(string Key, string? Value)> Of(Season season, PageContext page) =>
    [
        ("season.name", season.Name), ("season.from", page.Time.Date(season.From)), ("season.to", page.Time.Date(season.To)),
        ("season.leadTimeDays", PageText.Number(season.LeadTimeDays)), ("season.fairShare", PlanNumber.Percent((double)season.FairShare)),
        ("season.collectUntil", season.CollectUntil is { } until ? page.Time.Moment(until) : null),
    ];

    /// <summary>The settings that differ; all of them for a new season.</summary>
    public static IReadOnlyList<SettingLine> Changed(Season? before, Season after, PageContext page)
    {
        var old = before is null ? null : Of(before, page).ToDictionary(line => line.Key, line => line.Value, StringComparer.Ordinal);
        return
        [
            .. Of(after, page).Select(line => new SettingLine(line.Key, old?[line.Key], line.Value))
                .Where(line => line.Before != line.After),
        ];
    }
}
