using NodaTime;

namespace Scheduler.Solver;

/// <summary>The unrounded prices above 0 of a solved season. Each names its pool or limit and its start, so that it can be matched to the rows of a changed
/// season.</summary>
internal sealed class Multipliers
{
    private readonly List<(string Pool, Instant Start, double Price)> _pools = [];
    private readonly List<(string Institution, LimitKind Kind, Instant Start, double Price)> _limits = [];

    private Multipliers()
    {
    }

    public static Multipliers Of(Season season, Prices prices)
    {
        var kept = new Multipliers();
        for (var row = 0; row < prices.Price.Length; row++)
        {
            var price = prices.Price[row];
            if (price <= 0)
                continue;
            if (row < season.Table.FirstRows)
                kept._pools.Add((season.Instance.Pools[season.Pools.PoolOf(row)].Id, season.Pools.StartOf(row), price));
            else if (season.Limits.Find(row) is { } group)
                kept._limits.Add((season.Instance.Institutions[group.Institution].Id, group.Limit.Kind, group.StartOf(row), price));
        }
        return kept;
    }

    /// <summary>The prices of a plan file: rounded, pools only.</summary>
    public static Multipliers Of(IReadOnlyList<ShadowPrice> rows)
    {
        var kept = new Multipliers();
        foreach (var row in rows)
            kept._pools.Add((row.Pool, row.Start, row.Price));
        return kept;
    }

    /// <summary>Sets the price of every row that still exists.</summary>
    public void Apply(Season season, Prices prices)
    {
        // No seat is worth more than the best option. A higher price, from a damaged file, would only loosen the bound.
        var most = season.Table.Options == 0 ? 0 : Math.Max(0, season.Table.NetValue.Max());
        foreach (var (id, start, price) in _pools)
        {
            if (!(price > 0) || !double.IsFinite(price) || season.Pools.Find(id) is not (>= 0 and var pool))
                continue;
            var row = season.Pools.Timelines[pool].Row(season.Pools.Step(pool, start), 1);
            if (row >= 0)
                prices.Price[row] = Math.Min(price, most);
        }
        if (_limits.Count > 0)
        {
            var groups = season.Limits.Groups.ToDictionary(group => (season.Instance.Institutions[group.Institution].Id, group.Limit.Kind));
            foreach (var (institution, kind, start, price) in _limits)
            {
                if (groups.TryGetValue((institution, kind), out var group) && group.RowOf(start) is >= 0 and var row)
                    prices.Price[row] = Math.Min(price, most);
            }
        }
        prices.UpdatePrefixSums();
    }
}
