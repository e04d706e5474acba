using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>Which bookings, holds and requests to come a change of a catalogue entry touches.</summary>
internal static class EntryScope
{
    // Zones reach from 12 hours behind UTC to 14 hours ahead of UTC.
    private const int MarginDays = 2;

    /// <summary>The scope of an entry that is made, replaced or retired. Of a season, the exam days before and after the change count.</summary>
    public static ToComeFilter Of(CatalogueEntry? before, CatalogueEntry after, Catalogue catalogue) => after switch
    {
        Exam exam => new() { Exam = exam.Id },
        Pool pool => new() { Pool = pool.Id },
        InstitutionEntry { Institution.Id: var institution } => new() { Institution = institution },
        SeasonEntry season => OfSeasons(before is SeasonEntry known ? [known.Season, season.Season] : [season.Season], catalogue),
        PolicyEntry => new(),
        _ => throw new ArgumentException($"An entry of the type {after.GetType().Name} has no scope.", nameof(after)),
    };

    /// <summary>Blocks whose exam day, in the institution's zone, lies in one of the seasons.</summary>
    private static ToComeFilter OfSeasons(ImmutableArray<Season> seasons, Catalogue catalogue)
    {
        bool IsIn(ToComeBlock block)
        {
            if (!catalogue.Institutions.TryGetValue(block.Institution, out var institution))
                return false;
            var day = LeadTime.Day(SlotMinutes.ToInstant(block.StartMinutes), institution.Value.Zone);
            return seasons.Any(season => season.Contains(day));
        }

        return new()
        {
            FromMinutes = Minutes(seasons.Min(season => season.From).PlusDays(-MarginDays)),
            ToMinutes = Minutes(seasons.Max(season => season.To).PlusDays(MarginDays + 1)),
            Blocks = IsIn,
            Requests = IsIn,
            Windows = window => seasons.Any(season => window.From <= season.To && season.From <= window.To),
        };
    }

    private static int Minutes(LocalDate day) => SlotMinutes.Of(day.AtMidnight().InUtc().ToInstant());
}
