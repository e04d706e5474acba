using NodaTime;

namespace Scheduler.Solver;

/// <summary>Seats per slot of every pool. Several threads may add rows: integers give the same sum in any order.</summary>
internal sealed class SlotSums
{
    private readonly Dictionary<string, PoolSums> _pools = [];
    private readonly long _slot;

    public SlotSums(Instance instance)
    {
        _slot = Duration.FromMinutes(instance.SlotMinutes).BclCompatibleTicks;
        foreach (var pool in instance.Pools)
            _pools.Add(pool.Id, new PoolSums(pool));
    }

    public PoolSums Of(string pool) => _pools[pool];

    /// <summary>Adds the seats of a row to the slots of its candidate; <paramref name="isNew"/> is false for a current assignment in its place.</summary>
    public void Add(PoolSums pool, in Candidate candidate, int seats, int size, bool isNew)
    {
        var (whole, start) = (candidate.Seats, candidate.Start.ToUnixTimeTicks());
        var at = -1;
        for (var k = 0; k < whole.Count; k++)
        {
            var amount = PlanChecker.Amount(whole[k], seats, size);
            if (amount != 0)
                at = pool.Add(start + (k * _slot), at + 1, amount, isNew);
        }
    }

    public void Check(ShortfallRows listed, FaultList faults)
    {
        foreach (var (id, pool) in _pools)
        {
            foreach (var (start, over, fresh) in pool.Overfull())
            {
                var at = Instant.FromUnixTimeTicks(start);
                if (fresh > 0)
                    faults.Add($"pool {id} at {at}: {over} seats too many");
                if (listed.Take(id, null, row => row.Start == at && row.Seats == over) != 1)
                    faults.Add($"pool {id} at {at}: {over} seats too many, not listed as a shortfall");
            }
        }
    }
}
