using Orleans.Runtime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>The written addresses of grains are the addresses that Orleans gives.</summary>
public sealed class AddressesTests
{
    [Fact]
    public async Task The_addresses_of_queues_and_slots_are_those_of_Orleans()
    {
        await using var silo = await TestSilo.Open(setUp: false);
        var slot = new SlotHour(PoolId.Of("p"), 29_000_040);

        Written(silo.Grains.Queue(InstitutionId.Of("s"))).ShouldBe(Written(silo.Grains.GetGrain<IInstitutionQueueGrain>("s")));
        Written(silo.Grains.Slot(slot)).ShouldBe(Written(silo.Grains.GetGrain<ISlotPoolGrain>(SlotKey.Of(slot))));
    }

    private static (GrainId Id, GrainInterfaceType Contract) Written(object grain) => (((GrainReference)grain).GrainId, ((GrainReference)grain).InterfaceType);
}
