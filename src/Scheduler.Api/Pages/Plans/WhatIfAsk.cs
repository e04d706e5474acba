using System.Collections.Immutable;
using System.Globalization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>What the page of a what-if asks for: a scope, seats by pool and hours, and steps of advice.</summary>
internal sealed record WhatIfAsk
{
    public required ScopeAsk Scope { get; init; }

    /// <summary>The plan to start from; null for none.</summary>
    public required PlanId? Plan { get; init; }

    /// <summary>The seats of each pool that can be chosen.</summary>
    public required ImmutableArray<PoolTry> Pools { get; init; }

    /// <summary>The steps that are chosen.</summary>
    public required ImmutableArray<AddedRange> Steps { get; init; }

    /// <summary>Whether the reader asks for an answer.</summary>
    public required bool IsAsked { get; init; }

    public static WhatIfAsk Read(PageContext page)
    {
        var query = page.Http.Request.Query;
        var scope = ScopeAsk.Read(query, page);
        return new()
        {
            Scope = scope,
            Plan = Guid.TryParseExact(query["plan"].FirstOrDefault(), "D", out var plan) ? new(plan) : null,
            Pools =
            [
                .. scope.Offered.Select(pool => new PoolTry(
                    pool, Number(query[$"add-{pool.Id}"], -Limits.Seats, Limits.Seats, 0), Number(query[$"begin-{pool.Id}"], 0, 23, 0),
                    Number(query[$"end-{pool.Id}"], 1, 24, 24))),
            ],
            Steps =
            [
                .. query["step"].Select(text => TriedSeats.ReadStep(text ?? "")).OfType<AddedRange>()
                    .Where(range => page.Catalogue.Pools.ContainsKey(range.Pool)).Distinct().Take(Limits.RaisedRanges),
            ],
            IsAsked = query["run"].Count > 0,
        };
    }

    /// <summary>
    /// All seats that are tried: the steps, and each pool's seats in the hours of the scope that are open. A what-if opens no closed hour but by a step.
    /// </summary>
    public ImmutableArray<AddedRange> Added(Catalogue catalogue) =>
    [
        .. Steps.Where(step => Scope.Pools.Contains(step.Pool)),
        .. Pools.Where(one => Scope.Pools.Contains(one.Pool.Id)).SelectMany(one => Of(one, catalogue)),
    ];

    public static WhatIfChanges Changes(ImmutableArray<AddedRange> added) => new(
        [.. added.Select(range => (range.Pool, range.From, range.To, range.Add))], ImmutableDictionary<SeasonId, int>.Empty);

    private List<AddedRange> Of(PoolTry wish, Catalogue catalogue)
    {
        var (pool, scope) = (wish.Pool, Scope.Scope);
        var capacity = catalogue.Capacities.GetValueOrDefault(pool.Id)?.Value ?? PoolCapacity.None;
        var ranges = new List<AddedRange>();
        foreach (var start in wish.Add == 0 ? [] : pool.Grid.Starts(scope.From, scope.To))
        {
            var hour = start.InZone(pool.Zone).Hour;
            if (hour < wish.FromHour || hour >= wish.ToHour || capacity.Seats(start, pool.Grid) == 0)
                continue;
            var end = SlotGrid.End(start, 1);
            if (ranges.Count > 0 && ranges[^1].To == start)
                ranges[^1] = ranges[^1] with { To = end };
            else
                ranges.Add(new(pool.Id, start, end, wish.Add));
        }

        return ranges;
    }

    private static int Number(Microsoft.Extensions.Primitives.StringValues text, int least, int most, int otherwise) =>
        int.TryParse(text.FirstOrDefault(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? Math.Clamp(number, least, most)
            : otherwise;
}
