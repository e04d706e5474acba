using System.Collections.Immutable;

namespace Scheduler.Domain;

/// <summary>
/// R18: seats booked against seats used, of one institution, programme and season. No-shows lower nothing by themselves; these figures are to read.
/// </summary>
/// <param name="Institution">The institution.</param>
/// <param name="Programme">The programme.</param>
/// <param name="Season">The season of the exam days; null for days outside every season.</param>
/// <param name="Sittings">Bookings whose sitting has begun.</param>
/// <param name="Seats">Seats of these bookings.</param>
/// <param name="Reported">Bookings whose school said how many sat.</param>
/// <param name="SeatsReported">Seats of those bookings.</param>
/// <param name="Attended">Candidates who sat, of those bookings.</param>
public sealed record UseFigures(
    InstitutionId Institution, string Programme, SeasonId? Season, int Sittings, int Seats, int Reported, int SeatsReported, int Attended)
{
    /// <summary>Seats of the reported bookings at which nobody sat.</summary>
    public int NoShows => SeatsReported - Attended;

    /// <summary>The share of no-shows in the seats of the reported bookings, with four decimals; null before any report.</summary>
    public decimal? NoShowRate => SeatsReported == 0 ? null : Math.Round((decimal)NoShows / SeatsReported, 4, MidpointRounding.AwayFromZero);

    /// <summary>The figures by institution, programme and season, in this order. Days outside every season come before the seasons.</summary>
    public static ImmutableArray<UseFigures> Of(IEnumerable<SeatUse> uses, Catalogue catalogue) =>
    [
        .. uses.GroupBy(use => (use.Institution, use.Programme, Season: SeasonOf(use, catalogue)))
            .OrderBy(group => group.Key.Institution.Text, StringComparer.Ordinal).ThenBy(group => group.Key.Programme, StringComparer.Ordinal)
            .ThenBy(group => group.Key.Season?.Text ?? "", StringComparer.Ordinal)
            .Select(group => new UseFigures(
                group.Key.Institution, group.Key.Programme, group.Key.Season, group.Sum(use => use.Sittings), group.Sum(use => use.Seats),
                group.Sum(use => use.Reported), group.Sum(use => use.SeatsReported), group.Sum(use => use.Attended))),
    ];

    /// <summary>Of overlapping seasons the one with the longest lead time, which is the one that decided the booking; of equal ones the first by id.</summary>
    private static SeasonId? SeasonOf(SeatUse use, Catalogue catalogue)
    {
        var examDay = LeadTime.Day(SlotMinutes.ToInstant(use.StartMinutes), catalogue.ZoneOf(use.Institution));
        // A retired season counts in no rule, but its sittings were of it.
        return catalogue.Seasons.Values.Select(season => season.Value).Where(season => season.Contains(examDay))
            .OrderBy(season => season.Retired is not null).ThenByDescending(season => season.LeadTimeDays)
            .ThenBy(season => season.Id.Text, StringComparer.Ordinal).Select(season => (SeasonId?)season.Id).FirstOrDefault();
    }
}
