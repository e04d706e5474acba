using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

public abstract partial class LedgerContract
{
    [Fact]
    public async Task R01_a_new_zone_and_a_first_capacity_that_were_decided_at_the_same_time_are_not_both_committed()
    {
        await Done(Making.Put(Now, CatalogueSamples.Pool, 1));
        var moved = CatalogueSamples.Pool with { Zone = DateTimeZone.Utc };
        var zone = Making.Put(Now, moved, 2);
        zone = zone with { Rows = zone.Rows.Add(new RowWrite.CatalogueUnchanged(new CapacityEntry(Making.Pool, PoolCapacity.None), 0)) };
        var capacity = Making.Put(Now, CatalogueSamples.Capacity, 1);
        capacity = capacity with { Rows = capacity.Rows.Add(new RowWrite.CatalogueUnchanged(CatalogueSamples.Pool, 1)) };
        var outcomes = await Task.WhenAll(Ledger.Commit(zone, Token), Ledger.Commit(capacity, Token));
        outcomes[0].ShouldBeOfType<CommitOutcome.Committed>();
        outcomes[1].ShouldBeOfType<CommitOutcome.Stale>();
        var byNewZone = capacity with { Rows = [capacity.Rows[0], new RowWrite.CatalogueUnchanged(moved, 2)] };
        (await Ledger.Commit(byNewZone, Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var back = Making.Put(Now, CatalogueSamples.Pool, 3);
        (await Ledger.Commit(back with { Rows = back.Rows.Add(zone.Rows[1]) }, Token)).ShouldBeOfType<CommitOutcome.Stale>();
    }
}
