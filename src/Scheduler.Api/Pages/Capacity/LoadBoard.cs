using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A month of all pools, and every shortfall to come, counted from the picture in memory: no grain and no database is asked.</summary>
public sealed record LoadBoard
{
    /// <summary>The first day.</summary>
    public required LocalDate From { get; init; }

    /// <summary>The number of days.</summary>
    public required int Days { get; init; }

    /// <summary>The pools.</summary>
    public required ImmutableArray<LoadLine> Lines { get; init; }

    /// <summary>The shortfalls within the horizon, by start.</summary>
    public required ImmutableArray<PoolShortfall> Shortfalls { get; init; }

    internal static LoadBoard Read(PageContext page, LocalDate day)
    {
        var from = new LocalDate(day.Year, day.Month, 1);
        var days = day.Calendar.GetDaysInMonth(day.Year, day.Month);
        var pools = PoolOrder.Of(page.Catalogue, null, page.Zone);
        return new()
        {
            From = from,
            Days = days,
            Lines = [.. pools.Select(pool => new LoadLine(pool, [.. Enumerable.Range(0, days).Select(k => Day(page, pool, from.PlusDays(k)))]))],
            Shortfalls = [.. pools.SelectMany(pool => Short(page, pool)).OrderBy(one => one.Start)],
        };
    }

    private static LoadDay Day(PageContext page, Pool pool, LocalDate date)
    {
        var (now, slots) = (page.Now, page.Api.Ledger.Picture.Pool(pool.Id));
        var (offered, taken, missing) = (0L, 0L, 0);
        foreach (var start in pool.Grid.StartsOn(date))
        {
            var seen = slots?.Look(SlotMinutes.Of(start), now) ?? default;
            (offered, taken, missing) = (offered + seen.Capacity, taken + seen.Capacity - seen.Free, missing + Math.Max(0, -seen.Free));
        }

        return new(date, offered, taken, missing);
    }

    private static IEnumerable<PoolShortfall> Short(PageContext page, Pool pool)
    {
        if (page.Api.Ledger.Picture.Pool(pool.Id) is not { } slots)
            yield break;
        var now = page.Now;
        foreach (var start in pool.Grid.Starts(now, now + Duration.FromDays(page.Catalogue.Policy.Value.HorizonDays + 1)))
        {
            var seen = slots.Look(SlotMinutes.Of(start), now);
            if (seen.Free < 0)
                yield return new(pool, start, seen.Capacity - seen.Free, seen.Capacity);
        }
    }
}
