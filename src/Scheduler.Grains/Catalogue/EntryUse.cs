using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Finds what keeps an entry from being retired.</summary>
internal static class EntryUse
{
    /// <summary>
    /// The refusal while something to come rests on the entry, or null; with the moment of the ledger at which this was so. The bookings and holds of its
    /// days keep a season, and the requests that the season still collects.
    /// </summary>
    public static async Task<(Refusal.InUse? Refusal, LedgerMark Mark)> Find(
        LedgerReader read, Catalogue catalogue, CatalogueEntry entry, Instant now, CancellationToken cancellation)
    {
        var toCome = await read.ToCome(EntryScope.Of(entry, entry, catalogue), now, cancellation);
        var touches = entry is SeasonEntry { Season: var season } ? OfSeason(toCome.Touches, season, now) : toCome.Touches;
        var schools = entry is InstitutionEntry { Institution.Id: var board } ? SchoolsOf(toCome.Institutions, board) : [];
        return (touches.Any || !schools.IsEmpty ? new(touches, schools) : null, toCome.Mark);
    }

    private static Touches OfSeason(Touches touches, Season season, Instant now) => season.CollectUntil is { } until && until > now
        ? touches
        : touches with { Requests = [], RequestCount = 0 };

    private static ImmutableArray<InstitutionId> SchoolsOf(ImmutableArray<Institution> institutions, InstitutionId board) =>
        [.. institutions.Where(school => school.Board == board && school.Retired is null).Select(school => school.Id).Order().Take(Limits.NamedTouches)];
}
