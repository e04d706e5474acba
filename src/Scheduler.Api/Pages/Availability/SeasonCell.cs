using Microsoft.Extensions.Localization;
using NodaTime;

namespace Scheduler.Api;

/// <summary>What a day says in the season view: the name of its look, its visible text, and the label for readers who listen.</summary>
internal readonly record struct SeasonCell(string Kind, string Text, string Label)
{
    /// <summary>Whether the cell marks bookings of the school.</summary>
    public bool IsMine => Kind.EndsWith("mine", StringComparison.Ordinal);

    /// <summary>The cell of a day.</summary>
    /// <param name="day">The day.</param>
    /// <param name="isNeeded">Whether the starts of a block are counted; otherwise the share of free seats is shown.</param>
    /// <param name="isOwn">Whether the school has bookings on the day.</param>
    /// <param name="texts">The texts.</param>
    /// <param name="time">Dates as the reader sees them.</param>
    public static SeasonCell Of(SeasonDay day, bool isNeeded, bool isOwn, IStringLocalizer texts, PageTime time)
    {
        var (kind, text, says) = Shown(day, isNeeded, texts);
        var own = isOwn ? $", {texts["season.own"]}" : "";
        return new(isOwn ? $"{kind} mine" : kind, text, $"{says}, {time.Date(day.Date)}{own}");
    }

    private static (string Kind, string Text, string Says) Shown(SeasonDay day, bool isNeeded, IStringLocalizer texts) => day.Reason switch
    {
        "closed" => ("closed", "·", texts["cell.closedLabel"]),
        "past" => ("past", "", texts["cell.pastLabel"]),
        "lead_time" => ("notice", "–", texts["cell.noticeLabel"]),
        "horizon" => ("horizon", "–", texts["cell.horizonLabel"]),
        "full" => ("full", "0", $"{Figure(day with { Starts = 0 }, isNeeded, texts)}, {texts["cell.full"]}"),
        "collecting" => (
            "collecting", PageText.Number(isNeeded ? day.Starts : day.PercentFree), $"{Figure(day, isNeeded, texts)}, {texts["cell.collecting"]}"),
        _ when isNeeded && day.Starts == 0 => ("no", "0", texts.Count("season.starts", 0)),
        _ when isNeeded => ($"f{day.Step}", PageText.Number(day.Starts), texts.Count("season.starts", day.Starts)),
        _ => ($"f{day.Step}", PageText.Number(day.PercentFree), texts["rail.free", day.PercentFree]),
    };

    private static string Figure(SeasonDay day, bool isNeeded, IStringLocalizer texts) =>
        isNeeded ? texts.Count("season.starts", day.Starts) : texts["rail.free", day.PercentFree];
}
