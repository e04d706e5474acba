using System.Collections.Immutable;
using System.Globalization;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Raises the packs of many schools by the same number of vouchers: of each school of a filter, the pack of the programme that ends last and has not ended.
/// </summary>
public sealed record PackRaise
{
    /// <summary>The most packs that one form raises.</summary>
    public const int Most = 200;

    /// <summary>The schools.</summary>
    public required SchoolFilter Filter { get; init; }

    /// <summary>The programme; null when none is chosen.</summary>
    public string? Programme { get; init; }

    /// <summary>The vouchers that each pack gets; null when the number cannot be read.</summary>
    public int? Add { get; init; }

    /// <summary>Whether the form says enough for a preview.</summary>
    public bool IsWhole => Programme is { Length: > 0 } && Add is not null;

    internal static PackRaise Read(Func<string, string?> fields) => new()
    {
        Filter = SchoolFilter.Read(fields),
        Programme = fields("programme"),
        Add = int.TryParse(fields("add"), NumberStyles.None, CultureInfo.InvariantCulture, out var add) && add is > 0 and <= Limits.PackQuantity ? add : null,
    };

    /// <summary>The packs that would be raised, by the name of their school, and the schools without such a pack.</summary>
    internal async Task<(ImmutableArray<PackSnapshot> Packs, int Without, int Beyond)> Find(PageContext page)
    {
        // One query finds the packs of all schools that end within the year of a pack.
        var today = LeadTime.Day(page.Now, page.Zone);
        var all = await page.Api.Ledger.Read.PacksEnding(today, Limits.PackDays, page.Http.RequestAborted);
        var last = all.Where(one => one.Pack.Programme == Programme && one.Pack.ExpiresOn >= today)
            .GroupBy(one => one.Institution).ToDictionary(group => group.Key, group => group.MaxBy(one => (one.Pack.ExpiresOn, one.Pack.Id))!);
        var schools = Filter.Of(page.Catalogue, await SchoolFilter.Ending(page)).ToList();
        var packs = schools.Select(school => last.GetValueOrDefault(school.Id)).OfType<PackSnapshot>()
            .Where(one => one.Pack.Quantity + (Add ?? 0) <= Limits.PackQuantity).ToList();
        return ([.. packs.Take(Most)], schools.Count - schools.Count(school => last.ContainsKey(school.Id)), Math.Max(0, packs.Count - Most));
    }

    /// <summary>The fields, in their order.</summary>
    public IEnumerable<(string Name, string? Value)> Fields() =>
        [.. Filter.Fields(), ("programme", Programme), ("add", Add?.ToString(CultureInfo.InvariantCulture))];
}
