using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A thing that an operator wants to retire, as an address names it.</summary>
/// <param name="Kind">The kind, as in an address of the API without its plural.</param>
/// <param name="Id">The id.</param>
/// <param name="Name">The name for people.</param>
/// <param name="Entry">The thing.</param>
/// <param name="List">The page that shows the thing, up to the next field of its address.</param>
internal sealed record RetiredThing(string Kind, string Id, string Name, CatalogueEntry Entry, string List)
{
    /// <summary>The page that retires the thing.</summary>
    public string Path => SetupPaths.RetireOf(Kind, Id);

    /// <summary>The thing that an address names; null when there is none.</summary>
    public static RetiredThing? Find(Catalogue catalogue, string? kind, string? id) => (kind, id) switch
    {
        ("season", { } text) when SeasonId.TryParse(text, out var key) && catalogue.Seasons.GetValueOrDefault(key)?.Value is { } season =>
            new("season", text, season.Name, new SeasonEntry(season), $"{SetupPaths.Seasons}?"),
        ("institution", { } text) when InstitutionId.TryParse(text, out var key) && catalogue.Institutions.GetValueOrDefault(key)?.Value is { } school =>
            new("institution", text, school.Name, new InstitutionEntry(school), $"{SetupPaths.Institutions}?"),
        ("pool", { } text) when PoolId.TryParse(text, out var key) && catalogue.Pools.GetValueOrDefault(key)?.Value is { } pool =>
            new("pool", text, pool.Name, pool, $"{SetupPaths.Catalogue}?"),
        ("exam", { } text) when ExamId.TryParse(text, out var key) && catalogue.Exams.GetValueOrDefault(key)?.Value is { } exam =>
            new("exam", text, exam.Name, exam, $"{SetupPaths.Catalogue}?"),
        _ => null,
    };
}
