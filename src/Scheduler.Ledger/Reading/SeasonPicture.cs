using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Capacity, seats taken and holds of every slot of every pool, in memory: two ints for each slot, three when the ledger is shared, and the holds of the few
/// slots with holds. A commit of this process is in the picture before its caller gets the answer. <see cref="ChangeFeed.Refresh"/> adds the commits of other
/// silos (PostgreSQL). An older value never replaces a newer value of a slot. Reads take no lock.
/// </summary>
public sealed class SeasonPicture
{
    private readonly bool _versioned;
    private readonly Lock _write = new();
    private ImmutableDictionary<PoolId, PoolPicture> _pools = ImmutableDictionary<PoolId, PoolPicture>.Empty;

    /// <param name="versioned">
    /// Whether values may arrive in another order than their commits (several committers). Then the picture stores the version of each slot's row. The single
    /// writer of SQLite publishes its commits in order.
    /// </param>
    internal SeasonPicture(bool versioned) => _versioned = versioned;

    /// <summary>Bytes of memory for one slot without holds: 8, or 12 when the ledger is shared.</summary>
    public int BytesPerSlot => (_versioned ? 3 : 2) * sizeof(int);

    /// <summary>
    /// A slot at an instant. The seats of a hold are free from its expiry on, also before a commit sweeps the hold (R10). All 0 for a slot that never had a
    /// capacity.
    /// </summary>
    public SlotView Look(SlotHour slot, Instant now) => Pool(slot.Pool)?.Look(slot.Minutes, now) ?? default;

    /// <summary>Returns a slot's capacity; false for a slot that never had a capacity.</summary>
    public bool TryGetCapacity(SlotHour slot, out int capacity)
    {
        capacity = 0;
        return Pool(slot.Pool) is { } pool && pool.TryGetCapacity(slot.Minutes, out capacity);
    }

    /// <summary>A pool's slots for fast loops; null when the pool never had a capacity.</summary>
    public PoolPicture? Pool(PoolId pool) => Volatile.Read(ref _pools).GetValueOrDefault(pool);

    /// <summary>
    /// Seats of lapsed holds that are still part of <see cref="PoolPicture.Taken"/>, by start, ascending. Empty, without an allocation, when no lapsed hold
    /// waits for its sweep.
    /// </summary>
    public ImmutableArray<LapsedSeats> LapsedSeats(PoolId pool, Instant now) => Pool(pool)?.LapsedSeats(now) ?? [];

    internal void Apply(ReadOnlySpan<SlotSeats> slots)
    {
        lock (_write)
        {
            for (var from = 0; from < slots.Length;)
            {
                var id = slots[from].Slot.Pool;
                var to = from + 1;
                while (to < slots.Length && slots[to].Slot.Pool == id)
                    to++;
                var pool = _pools.GetValueOrDefault(id);
                var grown = PoolPicture.Holding(pool, slots[from..to], _versioned);
                grown.Apply(slots[from..to]);
                if (!ReferenceEquals(grown, pool))
                    Volatile.Write(ref _pools, _pools.SetItem(id, grown));
                from = to;
            }
        }
    }
}
