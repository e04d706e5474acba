using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The last change of a pool's capacity, and how to bring back what was before.</summary>
internal sealed record LastChange
{
    /// <summary>The change.</summary>
    public required AuditRow Row { get; init; }

    /// <summary>The exceptions to write or to remove; empty when the change was one of a template.</summary>
    public ImmutableArray<HourSeats> Ranges { get; init; } = [];

    /// <summary>The template to put; null when the change was one of exceptions.</summary>
    public WeeklyTemplate? Template { get; init; }

    /// <summary>The first instant that the undo changes.</summary>
    public Instant From { get; init; }

    /// <summary>The end of what the undo changes.</summary>
    public Instant To { get; init; }

    /// <summary>The last change, when it can still be undone: it is the one that made the present version, and some of its hours lie ahead.</summary>
    public static async Task<LastChange?> Read(PageContext page, Pool pool)
    {
        var known = page.Catalogue.Capacities.GetValueOrDefault(pool.Id);
        if (known is null || await page.Api.Ledger.Read.CapacityChange(pool.Id, known.Version, page.Http.RequestAborted) is not { } row
            || row.Before is not EntrySnapshot { Entry: CapacityEntry { Capacity: var before } })
            return null;
        var next = pool.Grid.FirstAtOrAfter(page.Now + Duration.FromTicks(1));
        return row.After is TemplateSnapshot { Template: var put } ? OfTemplate(row, pool, put, before, next) : OfExceptions(row, known.Value, before, next);
    }

    /// <summary>Sends the undo, or its dry run.</summary>
    public Task<CommandResult<CapacitySnapshot>> Send(PageContext page, Caller caller, Pool pool, bool isForced, string? reason) => Template is { } template
        ? page.Api.CatalogueGrain.SetTemplate(new(caller, pool.Id.Text, template, isForced, reason), page.Http.RequestAborted)
        : page.Api.CatalogueGrain.SetExceptions(new(caller, pool.Id.Text, [.. Ranges], isForced, reason), page.Http.RequestAborted);

    /// <summary>A template can be taken back when one template, or none, held on all of its dates.</summary>
    private static LastChange? OfTemplate(AuditRow row, Pool pool, WeeklyTemplate put, PoolCapacity before, Instant next)
    {
        var old = before.Templates.Where(one => one.From <= put.To && put.From <= one.To).ToList();
        var end = pool.Zone.AtStartOfDay(put.To.PlusDays(1)).ToInstant();
        if (end <= next || old.Count > 1 || (old.Count == 1 && (old[0].From > put.From || old[0].To < put.To)))
            return null;
        return new()
        {
            Row = row, Template = new(put.From, put.To, old.Count == 0 ? [] : old[0].Rows), From = pool.Zone.AtStartOfDay(put.From).ToInstant(), To = end,
        };
    }

    private static LastChange? OfExceptions(AuditRow row, PoolCapacity present, PoolCapacity before, Instant next)
    {
        var edges = present.Exceptions.Concat(before.Exceptions).SelectMany(one => new[] { one.From, one.To }).Append(next)
            .Where(edge => edge >= next).Distinct().Order().ToList();
        var ranges = ImmutableArray.CreateBuilder<HourSeats>();
        for (var k = 0; k + 1 < edges.Count; k++)
        {
            var (from, to) = (edges[k], edges[k + 1]);
            var seats = SeatsAt(before, from);
            if (seats == SeatsAt(present, from))
                continue;
            if (ranges.Count > 0 && ranges[^1] is var last && last.To == from && last.Seats == seats)
                ranges[^1] = last with { To = to };
            else
                ranges.Add(new(from, to, seats));
        }

        return ranges.Count is 0 or > Limits.RaisedRanges
            ? null
            : new() { Row = row, Ranges = ranges.ToImmutable(), From = ranges[0].From, To = ranges[^1].To };
    }

    private static int? SeatsAt(PoolCapacity capacity, Instant at) =>
        capacity.Exceptions.Where(one => one.From <= at && at < one.To).Select(one => (int?)one.Seats).FirstOrDefault();
}
