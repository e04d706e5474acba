using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// The pools that are offered: those that serve the exam first, then those in the reader's zone, then by name. For a booking that moves, its own pool alone.
/// </summary>
internal static class PoolOrder
{
    public static IReadOnlyList<Pool> Of(Catalogue catalogue, Exam? exam, DateTimeZone zone, Booking? moved = null) =>
    [
        .. catalogue.Pools.Values.Select(pool => pool.Value)
            .Where(pool => pool.Retired is null && (moved is null || pool.Id == moved.Sitting.Pool))
            .OrderByDescending(pool => exam is null || exam.Pools.Contains(pool.Id)).ThenByDescending(pool => pool.Zone.Equals(zone))
            .ThenBy(pool => pool.Name, StringComparer.Ordinal).ThenBy(pool => pool.Id),
    ];

    /// <summary>The pool with this id, or the first; null when there is none.</summary>
    public static Pool? Chosen(IReadOnlyList<Pool> pools, PoolId? id) =>
        pools.FirstOrDefault(one => one.Id == id) ?? (pools.Count == 0 ? null : pools[0]);
}
