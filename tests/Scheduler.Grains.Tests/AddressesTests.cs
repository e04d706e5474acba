using Orleans.Runtime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>The grains' addresses, which are written down, are those that Orleans finds out by itself.</summary>
public sealed class AddressesTests
{
    [Fact]
    public async Task Queues_and_slots_have_the_addresses_that_orleans_gives_them()
    {
        await using var house = await House.Open(furnish: false);
        var slot = new SlotHour(PoolId.Of("p"), 29_000_040);

        Written(house.Grains.Queue(InstitutionId.Of("s"))).ShouldBe(Written(house.Grains.GetGrain<IInstitutionQueueGrain>("s")));
        Written(house.Grains.Slot(slot)).ShouldBe(Written(house.Grains.GetGrain<ISlotPoolGrain>(SlotKey.Of(slot))));
    }

    private static (GrainId Id, GrainInterfaceType Contract) Written(object grain) => (((GrainReference)grain).GrainId, ((GrainReference)grain).InterfaceType);
}
