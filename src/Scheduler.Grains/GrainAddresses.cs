using Orleans;
using Orleans.Runtime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// Makes references to grains from domain ids. When Orleans makes a reference from an interface and a key, it looks up the interface's name by reflection, and
/// this look-up takes longer than the call. So the names are constants here; a test compares the constants with Orleans' own names.
/// </summary>
public static class GrainAddresses
{
    private static readonly GrainType _queues = GrainType.Create(InstitutionQueueGrain.TypeName);
    private static readonly GrainType _slots = GrainType.Create(SlotPoolGrain.TypeName);
    private static readonly GrainInterfaceType _queue = GrainInterfaceType.Create("scheduler.institution-queue");
    private static readonly GrainInterfaceType _slot = GrainInterfaceType.Create("scheduler.slot-pool");

    /// <summary>An institution's queue.</summary>
    public static IInstitutionQueueGrain Queue(this IGrainFactory grains, InstitutionId institution) =>
        (IInstitutionQueueGrain)grains.GetGrain(GrainId.Create(_queues, IdSpan.Create(institution.Text)), _queue);

    /// <summary>The catalogue.</summary>
    public static ICatalogueGrain Catalogue(this IGrainFactory grains) => grains.GetGrain<ICatalogueGrain>(0);

    /// <summary>The commands on plans.</summary>
    public static IPlansGrain Plans(this IGrainFactory grains) => grains.GetGrain<IPlansGrain>(0);

    /// <summary>The run of a plan.</summary>
    public static IPlanGrain Plan(this IGrainFactory grains, PlanId plan) => grains.GetGrain<IPlanGrain>(plan.Value);

    internal static IClockworkGrain Clockwork(this IGrainFactory grains) => grains.GetGrain<IClockworkGrain>(0);

    internal static ISlotPoolGrain Slot(this IGrainFactory grains, SlotHour slot) =>
        (ISlotPoolGrain)grains.GetGrain(GrainId.Create(_slots, IdSpan.Create(SlotKey.Of(slot))), _slot);

    internal static IWaitlistGrain Waitlist(this IGrainFactory grains, PoolId pool) => grains.GetGrain<IWaitlistGrain>(pool.Text);
}
