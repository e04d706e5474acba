using System.Runtime.CompilerServices;
using Orleans;
using Orleans.Runtime;
using Scheduler.Domain;

namespace Scheduler.Grains;

/// <summary>
/// The grains that a booking calls, by what they stand for. Orleans finds out a contract's name anew, by reflection, each time that it makes a reference by contract and key; that
/// costs more than the call itself, so it is asked once.
/// </summary>
public static class Addresses
{
    private static readonly GrainType _queues = GrainType.Create(InstitutionQueueGrain.TypeName);
    private static readonly GrainType _slots = GrainType.Create(SlotPoolGrain.TypeName);
    private static StrongBox<GrainInterfaceType>? _queue;
    private static StrongBox<GrainInterfaceType>? _slot;

    /// <summary>An institution's queue.</summary>
    public static IInstitutionQueueGrain Queue(this IGrainFactory grains, InstitutionId institution) =>
        (IInstitutionQueueGrain)grains.GetGrain(GrainId.Create(_queues, IdSpan.Create(institution.Text)), Contract<IInstitutionQueueGrain>(grains, ref _queue));

    internal static ISlotPoolGrain Slot(this IGrainFactory grains, SlotHour slot) =>
        (ISlotPoolGrain)grains.GetGrain(GrainId.Create(_slots, IdSpan.Create(SlotKey.Of(slot))), Contract<ISlotPoolGrain>(grains, ref _slot));

    private static GrainInterfaceType Contract<T>(IGrainFactory grains, ref StrongBox<GrainInterfaceType>? known)
        where T : IGrainWithStringKey
    {
        // Boxed, since the name is wider than what is written at once. Whoever comes first may find it out twice.
        var contract = Volatile.Read(ref known);
        if (contract is null)
            Volatile.Write(ref known, contract = new(((GrainReference)(object)grains.GetGrain<T>("-")).InterfaceType));
        return contract.Value;
    }
}
