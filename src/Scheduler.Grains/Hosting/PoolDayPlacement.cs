using System.Globalization;
using NodaTime;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Chooses the silo with the highest hash of silo, pool and day (rendezvous hashing, Thaler and Ravishankar 1998). All silos choose the same silo without a
/// call to each other. When a silo joins, only the pools and days for which the new silo has the highest hash change their silo. Active grains do not move.
/// </summary>
internal sealed class PoolDayPlacement(CatalogueCopy catalogue) : IPlacementDirector
{
    public Task<SiloAddress> OnAddActivation(PlacementStrategy strategy, PlacementTarget target, IPlacementContext context)
    {
        var silos = context.GetCompatibleSilos(target);
        if (IPlacementDirector.GetPlacementHint(target.RequestContextData, silos) is { } hint)
            return Task.FromResult(hint);
        if (silos.Length == 1)
            return Task.FromResult(silos[0]);
        var day = Day(SlotKey.Parse(target.GrainIdentity.Key.ToString()!));
        return Task.FromResult(silos.MaxBy(silo => TextHash.Of($"{day}@{silo}"))!);
    }

    private string Day(SlotHour slot)
    {
        var zone = catalogue.Current.Pools.TryGetValue(slot.Pool, out var pool) ? pool.Value.Zone : DateTimeZone.Utc;
        return string.Create(CultureInfo.InvariantCulture, $"{slot.Pool.Text}/{LeadTime.Day(slot.Start, zone):uuuu-MM-dd}");
    }
}
