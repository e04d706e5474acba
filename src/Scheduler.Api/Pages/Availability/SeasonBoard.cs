using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Everything that the season page shows: all pools by day, about a month at a time, from the picture in memory.</summary>
public sealed record SeasonBoard
{
    private const int WeeksWithoutSeason = 5;

    /// <summary>The address of the page, with the pool and the first day filled in.</summary>
    public required AvailabilityAddress Address { get; init; }

    /// <summary>The institution whose bookings the page marks; null for an operator who names none.</summary>
    public required Institution? School { get; init; }

    /// <summary>The zone of the dates.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The first day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The number of days.</summary>
    public required int Days { get; init; }

    /// <summary>Today in the zone.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>The pools, those that serve the exam first.</summary>
    public required ImmutableArray<SeasonLine> Lines { get; init; }

    /// <summary>The season with the longest notice of each day; null for a day outside the seasons.</summary>
    public required ImmutableArray<Season?> Seasons { get; init; }

    /// <summary>The earliest day on which the institution can book; null when there is none.</summary>
    public required LocalDate? Earliest { get; init; }

    /// <summary>What the reader wants to book.</summary>
    public Need Need => Address.Need;

    /// <summary>The pool that a phone shows; null when no pool is offered.</summary>
    public SeasonLine? Chosen => Lines.FirstOrDefault(line => line.Pool.Id == Address.Pool);

    /// <summary>The last day.</summary>
    public LocalDate To => From.PlusDays(Days - 1);

    /// <summary>The booking that gets another start; null when somebody looks for a new booking.</summary>
    public required Booking? Moved { get; init; }

    internal static async Task<SeasonBoard> Read(PageContext page)
    {
        var (asked, moved) = await AvailabilityQuery.ReadView(page, AvailabilitySpan.Season);
        var school = AvailabilityQuery.School(page, asked);
        var reading = new SeatsReading(page, school);
        var (catalogue, zone) = (page.Catalogue, reading.Zone);
        var today = LeadTime.Day(page.Now, zone);
        var earliest = LeadTime.EarliestDate(today, catalogue.Calendar, catalogue.Policy.Value);
        var (from, days) = Range(asked, zone, catalogue.Calendar, earliest ?? today);
        var pools = PoolOrder.Of(catalogue, asked.Need.Exam, zone, moved);
        await reading.ReadOwn(from, days);
        var summary = new SeasonSummary(page.Api.Ledger.Picture, catalogue, zone, page.Now);
        return new()
        {
            Address = asked with { Pool = PoolOrder.Chosen(pools, asked.Pool)?.Id, From = from, Start = null },
            School = school,
            Zone = zone,
            From = from,
            Days = days,
            Today = today,
            Earliest = earliest,
            Moved = moved,
            Lines =
            [
                .. pools.Select(pool => new SeasonLine(
                    pool, asked.Need.Exam is not { } exam || exam.Pools.Contains(pool.Id),
                    summary.Days(pool, from, days, Serves(pool, asked.Need) ? asked.Need.Profile : default), [.. reading.OwnDays(pool.Id)])),
            ],
            Seasons =
            [
                .. Enumerable.Range(0, days).Select(k => catalogue.Calendar.Seasons.Where(season => season.Contains(from.PlusDays(k)))
                    .MaxBy(season => season.LeadTimeDays)),
            ],
        };
    }

    private static bool Serves(Pool pool, Need need) => need.Exam is not { } exam || exam.Pools.Contains(pool.Id);

    /// <summary>The month of the address. Without one: the month in which the next season can be booked, or five weeks from the earliest day on.</summary>
    internal static (LocalDate From, int Days) Range(AvailabilityAddress asked, DateTimeZone zone, Domain.SeasonCalendar calendar, LocalDate earliest)
    {
        var day = asked.Start is { } start ? LeadTime.Day(start, zone) : asked.From
            ?? calendar.Seasons.Where(season => season.To >= earliest).OrderBy(season => season.From)
                .Select(season => (LocalDate?)LocalDate.Max(season.From, earliest)).FirstOrDefault();
        return day is { } named
            ? (new(named.Year, named.Month, 1), named.Calendar.GetDaysInMonth(named.Year, named.Month))
            : (WeekBoard.MondayOf(earliest), WeeksWithoutSeason * WeekBoard.Days);
    }
}
