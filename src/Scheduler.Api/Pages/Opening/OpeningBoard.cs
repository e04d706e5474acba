using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the page about the opening of a season shows while the season collects requests (R16).</summary>
internal sealed record OpeningBoard
{
    /// <summary>The season.</summary>
    public required Season Season { get; init; }

    /// <summary>The instant at which the season opens: until then its days take requests only.</summary>
    public required Instant Until { get; init; }

    /// <summary>The days of the season with open hours, with seats asked and offered.</summary>
    public required ImmutableArray<OpeningDay> Days { get; init; }

    /// <summary>The requests of the reader's school that want a start in the season and wait.</summary>
    public required ImmutableArray<Request> Own { get; init; }

    /// <summary>The seasons that collect requests now, the first to open first.</summary>
    public static IReadOnlyList<(Season Season, Instant Until)> Collecting(PageContext page) =>
    [
        .. page.Catalogue.Calendar.Seasons.Where(season => season.Retired is null && season.CollectUntil > page.Now)
            .Select(season => (season, season.CollectUntil!.Value)).OrderBy(one => one.Value),
    ];

    /// <summary>The board of the season with an id, else of the season that opens first; null when no season collects requests.</summary>
    public static async Task<OpeningBoard?> Read(PageContext page, string? season, Institution? school)
    {
        var collecting = Collecting(page);
        if (collecting.Count == 0)
            return null;
        var (chosen, until) = collecting.FirstOrDefault(one => one.Season.Id.Text == season, collecting[0]);
        var zone = school?.Zone ?? page.Zone;
        var (read, cancellation) = (page.Api.Ledger.Read, page.Http.RequestAborted);
        var (from, to) = (zone.AtStartOfDay(chosen.From).ToInstant(), zone.AtStartOfDay(chosen.To.PlusDays(1)).ToInstant());
        var asked = new Dictionary<LocalDate, long>();
        foreach (var block in await read.Demand(from, to, cancellation))
        {
            var day = LeadTime.Day(block.Start, zone);
            if (block.Kind == DemandKind.Unserved && chosen.Contains(day))
                asked[day] = asked.GetValueOrDefault(day) + block.Profile.Seats.Sum(seats => (long)seats);
        }

        var queue = school is null ? [] : await WholeList.Read(cursor => read.Queue(school.Id, cursor, Limits.PageSize, cancellation));
        return new()
        {
            Season = chosen,
            Until = until,
            Days = [.. Offered(page, chosen, zone).Select(day => new OpeningDay(day.Key, asked.GetValueOrDefault(day.Key), day.Value))],
            Own =
            [
                .. queue.Where(request => request.Status == RequestStatus.Queued && chosen.Contains(LeadTime.Day(request.PreferredStart, zone)))
                    .OrderBy(request => request.PreferredStart),
            ],
        };
    }

    /// <summary>The seats of all pools by day, added over the hours of the day, from the picture in memory.</summary>
    private static SortedDictionary<LocalDate, long> Offered(PageContext page, Season season, DateTimeZone zone)
    {
        var summary = new SeasonSummary(page.Api.Ledger.Picture, page.Catalogue, zone, page.Now);
        var offered = new SortedDictionary<LocalDate, long>();
        var days = Math.Min(Limits.DemandDays, LeadTime.Days(season.From, season.To) + 1);
        foreach (var pool in page.Catalogue.Pools.Values.Select(pool => pool.Value).Where(pool => pool.Retired is null))
        {
            foreach (var day in summary.Days(pool, season.From, days, default).Where(day => day.Capacity > 0))
                offered[day.Date] = offered.GetValueOrDefault(day.Date) + day.Capacity;
        }

        return offered;
    }
}
