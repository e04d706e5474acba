using Orleans;
using Orleans.Placement;
using Orleans.Runtime;
using Orleans.Runtime.Placement;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Puts the slots of one pool and local day on one silo, so that the slots of a block are on the same silo. A slot on another silo only costs a network call;
/// its answers stay correct.
/// </summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("scheduler.pool-day-affinity")]
internal sealed class PoolDayAffinity : PlacementStrategy;

/// <summary>Places a grain whose key is <c>pool/minutes</c> by <see cref="PoolDayAffinity"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class PoolDayAffinityAttribute() : PlacementAttribute(new PoolDayAffinity());
