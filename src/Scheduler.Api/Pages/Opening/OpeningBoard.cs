using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>What the page about the opening of a season shows: while the season collects requests, and afterwards until the season is over (R16).</summary>
public sealed record OpeningBoard
{
    /// <summary>The season.</summary>
    public required Season Season { get; init; }

    /// <summary>The instant at which the season opens: until then its days take requests only.</summary>
    public required Instant Until { get; init; }

    /// <summary>Whether the season still collects requests.</summary>
    public required bool IsCollecting { get; init; }

    /// <summary>The seed and the lots; null until the opening's plan is applied.</summary>
    public required OpeningOutcome? Outcome { get; init; }

    /// <summary>The days of the season with open hours, with seats asked and offered.</summary>
    public required ImmutableArray<OpeningDay> Days { get; init; }

    /// <summary>The requests of the reader's school that want a start in the season and wait; after the plan, those that took part in the plan.</summary>
    public required ImmutableArray<Request> Own { get; init; }

    /// <summary>The seasons with an opening to look at: those that collect requests now, then those that have opened and are not over.</summary>
    internal static IReadOnlyList<(Season Season, Instant Until)> Openings(PageContext page) =>
    [
        .. Collecting(page),
        .. page.Catalogue.Calendar.Seasons
            .Where(season => season is { Retired: null, SeedHash: not null } && season.CollectUntil <= page.Now && !season.IsOver(page.Now))
            .Select(season => (season, season.CollectUntil!.Value)).OrderBy(one => one.Value),
    ];

    /// <summary>The seasons that collect requests now, the first to open first.</summary>
    internal static IReadOnlyList<(Season Season, Instant Until)> Collecting(PageContext page) =>
    [
        .. page.Catalogue.Calendar.Seasons.Where(season => season.Retired is null && season.CollectUntil > page.Now)
            .Select(season => (season, season.CollectUntil!.Value)).OrderBy(one => one.Value),
    ];

    /// <summary>The board of the season with an id, else of the season that opens first; null when no season has an opening.</summary>
    internal static async Task<OpeningBoard?> Read(PageContext page, string? season, Institution? school)
    {
        var openings = Openings(page);
        if (openings.Count == 0)
            return null;
        var (chosen, until) = openings.FirstOrDefault(one => one.Season.Id.Text == season, openings[0]);
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

        var outcome = await OpeningOutcome.Read(read, chosen, cancellation);
        var queue = school is null ? [] : await WholeList.Read(cursor => read.Queue(school.Id, cursor, Limits.PageSize, cancellation));
        return new()
        {
            Season = chosen,
            Until = until,
            IsCollecting = until > page.Now,
            Outcome = outcome,
            Days = [.. Offered(page, chosen, zone).Select(day => new OpeningDay(day.Key, asked.GetValueOrDefault(day.Key), day.Value))],
            Own =
            [
                .. queue.Where(request => outcome is null
                        ? request.Status == RequestStatus.Queued && chosen.Contains(LeadTime.Day(request.PreferredStart, zone))
                        : outcome.Order.Contains(request.Id))
                    .OrderBy(request => outcome?.Order.IndexOf(request.Id)).ThenBy(request => request.PreferredStart),
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
