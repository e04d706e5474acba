using System.Globalization;
using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the form of a season says, in an address or in a form that is sent. The texts are those that were typed.</summary>
public sealed record SeasonFields
{
    /// <summary>The season's id; for a new season null when the name shall give the id.</summary>
    public string? Id { get; init; }

    /// <summary>Whether the form makes a new season.</summary>
    public bool IsNew { get; init; }

    /// <summary>The name.</summary>
    public string? Name { get; init; }

    /// <summary>The first exam day.</summary>
    public string? From { get; init; }

    /// <summary>The last exam day, included.</summary>
    public string? To { get; init; }

    /// <summary>The lead time in days.</summary>
    public string? Notice { get; init; }

    /// <summary>The fair share, in per cent.</summary>
    public string? Share { get; init; }

    /// <summary>The local end of the collecting phase, in the reader's zone; null when booking is open.</summary>
    public string? Collect { get; init; }

    /// <summary>The form of a new season.</summary>
    internal static SeasonFields Blank() => new()
    {
        IsNew = true,
        Notice = SeasonBody.DefaultLeadTimeDays.ToString(CultureInfo.InvariantCulture),
        Share = ShareText(Domain.Season.DefaultFairShare),
    };

    /// <summary>The form of a season that there is.</summary>
    internal static SeasonFields Of(Season season, DateTimeZone zone) => new()
    {
        Id = season.Id.Text,
        Name = season.Name,
        From = TextForms.Date.Write(season.From),
        To = TextForms.Date.Write(season.To),
        Notice = season.LeadTimeDays.ToString(CultureInfo.InvariantCulture),
        Share = ShareText(season.FairShare),
        Collect = season.CollectUntil is { } until ? TextForms.LocalTime.Write(until.InZone(zone).LocalDateTime) : null,
    };

    internal static SeasonFields Read(Func<string, string?> fields) => new()
    {
        Id = fields("id"),
        IsNew = fields(SetupPaths.MakeField) == "on",
        Name = fields("name"),
        From = fields("from"),
        To = fields("to"),
        Notice = fields("leadTimeDays"),
        Share = fields("fairShare"),
        Collect = fields("collectUntil"),
    };

    /// <summary>The season, or null with the names of the fields that have to change.</summary>
    internal (Season? Season, HashSet<string> Faults) Season(PageContext page)
    {
        var id = IsNew && Id is not { Length: > 0 } ? SlugText.Of(Name) : Id;
        if (!SeasonId.TryParse(id ?? "", out var key) || (IsNew && page.Catalogue.Seasons.ContainsKey(key)))
            return (null, ["id"]);
        var members = new JsonObject
        {
            ["name"] = FormBody.Text(Name),
            ["from"] = FormBody.Text(From),
            ["to"] = FormBody.Text(To),
            ["leadTimeDays"] = FormBody.Whole(Notice) ?? "",
            ["fairShare"] = FormBody.Share(Share) ?? "",
            ["collectUntil"] = FormBody.Text(Collect) is null ? null : Until(page.Zone) ?? JsonValue.Create(""),
        };
        var (body, faults) = FormBody.Read<SeasonBody>(members, (body, list) => body.CheckPossible(key, page.Catalogue, page.Now, list));
        return (body?.ToSeason(key), faults);
    }

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
    [
        ("id", Id), (SetupPaths.MakeField, IsNew ? "on" : null), ("name", Name), ("from", From), ("to", To), ("leadTimeDays", Notice), ("fairShare", Share),
        ("collectUntil", Collect),
    ];

    /// <summary>The page with the preview.</summary>
    public override string ToString() => SetupPaths.With(SetupPaths.Season, [.. Fields(), (SetupPaths.ShowField, "1")]);

    /// <summary>A share in per cent, as a field has it.</summary>
    internal static string ShareText(decimal share) => (share * 100).ToString("0.#######", CultureInfo.InvariantCulture);

    /// <summary>
    /// The instant of the local end, as a body has it; null for a text that is none. Of an hour that comes twice the first counts, of a missing one the next.
    /// </summary>
    private JsonNode? Until(DateTimeZone zone) => TextForms.LocalTime.TryRead(Collect!.Trim(), out var local, out _)
        ? TextForms.Instant.Write(zone.AtLeniently(local).ToInstant())
        : null;
}
