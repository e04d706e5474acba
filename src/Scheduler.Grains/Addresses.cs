using Orleans;
using Orleans.Runtime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// The grains that a booking calls, by what they stand for. Orleans finds out a contract's name anew, by reflection, each time that it makes a reference by contract and key; that
/// costs more than the call itself. Here the name is written down: that of the contract's alias, which a test holds against Orleans' own.
/// </summary>
public static class Addresses
{
    private static readonly GrainType _queues = GrainType.Create(InstitutionQueueGrain.TypeName);
    private static readonly GrainType _slots = GrainType.Create(SlotPoolGrain.TypeName);
    private static readonly GrainInterfaceType _queue = GrainInterfaceType.Create("scheduler.institution-queue");
    private static readonly GrainInterfaceType _slot = GrainInterfaceType.Create("scheduler.slot-pool");

    /// <summary>An institution's queue.</summary>
    public static IInstitutionQueueGrain Queue(this IGrainFactory grains, InstitutionId institution) =>
        (IInstitutionQueueGrain)grains.GetGrain(GrainId.Create(_queues, IdSpan.Create(institution.Text)), _queue);

    internal static ISlotPoolGrain Slot(this IGrainFactory grains, SlotHour slot) =>
        (ISlotPoolGrain)grains.GetGrain(GrainId.Create(_slots, IdSpan.Create(SlotKey.Of(slot))), _slot);
}
