using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The refusals of pools that a plan or a question about capacity names.</summary>
internal static class PoolProblems
{
    /// <summary>The refusal of the first pool that is not there or is retired; null when all are offered.</summary>
    public static ApiProblem? Of(IEnumerable<PoolId> pools, Catalogue catalogue) =>
        pools.Select(pool => Of(pool, catalogue)).FirstOrDefault(refusal => refusal is not null) is { } first ? ApiProblem.Of(first, DateTimeZone.Utc) : null;

    private static Refusal? Of(PoolId id, Catalogue catalogue) =>
        catalogue.Pools.TryGetValue(id, out var pool)
            ? Retirement.Of(pool.Value) is null ? null : new Refusal.Retired("pool", id.Text)
            : new Refusal.UnknownPool(id.Text);
}
