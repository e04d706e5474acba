using System.Globalization;
using NodaTime;
using Orleans;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>Slots of one pool and local day share a silo, so that a block's slots are near each other. A wrong silo costs a hop, never a seat.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("scheduler.pool-day-affinity")]
internal sealed class PoolDayAffinity : PlacementStrategy;

/// <summary>Places a grain whose key is <c>pool/minutes</c> by <see cref="PoolDayAffinity"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PoolDayAffinityAttribute() : PlacementAttribute(new PoolDayAffinity());

/// <summary>
/// Takes the silo whose hash with the pool and day is highest: all silos choose alike without asking each other, and a new one takes over its share alone (rendezvous hashing,
/// Thaler and Ravishankar 1998). It moves nothing that is active already.
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
