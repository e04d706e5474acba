using NodaTime;

namespace Scheduler.Domain;

/// <summary>The opening of a season, as the scope of a plan names it (R16).</summary>
/// <param name="Season">The season.</param>
/// <param name="SeedHash">The hash of the seed from which the plan draws lots.</param>
/// <param name="IsWhole">
/// Whether the plan was made after the season had collected its requests, and covers all of its days and all pools. When such a plan is applied, the opening is
/// over, and the seed is shown.
/// </param>
public sealed record PlanOpening(SeasonId Season, string SeedHash, bool IsWhole)
{
    /// <summary>
    /// The opening of a season for a plan that is made now; null when the season collects no requests, is over, or has no day in the scope. The caller knows
    /// whether the opening is over.
    /// </summary>
    public static PlanOpening? Of(Season season, PlanScope scope, Catalogue catalogue, Instant now)
    {
        if (season is not { SeedHash: { } hash, CollectUntil: { } until, Retired: null } || season.IsOver(now))
            return null;
        var pools = catalogue.Pools.Values.Select(pool => pool.Value).Where(pool => Retirement.Of(pool) is null || scope.Pools.Contains(pool.Id)).ToList();
        if (pools.Count == 0)
            return null;
        var starts = pools.ConvertAll(pool => pool.Zone.AtStartOfDay(season.From).ToInstant());
        var ends = pools.ConvertAll(pool => pool.Zone.AtStartOfDay(season.To.PlusDays(1)).ToInstant());
        if (scope.To <= starts.Min() || ends.Max() <= scope.From)
            return null;
        // A scope is written in one zone, so it holds the first and the last day as some zone of the pools has them.
        var isWhole = until <= now && scope.From <= Instant.Max(starts.Max(), now) && ends.Min() <= scope.To
            && pools.TrueForAll(pool => scope.Pools.Contains(pool.Id));
        return new(season.Id, hash, isWhole);
    }
}
