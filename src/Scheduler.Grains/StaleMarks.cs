using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>A grain's memory is marked when something it does not know of has changed what it remembers. Reading and clearing is one exchange.</summary>
internal sealed class StaleMark
{
    private int _isStale;

    public void Set() => Volatile.Write(ref _isStale, 1);

    /// <summary>Whether it was marked since last asked.</summary>
    public bool Take() => Volatile.Read(ref _isStale) == 1 && Interlocked.Exchange(ref _isStale, 0) == 1;
}

/// <summary>
/// The marks of this silo's slots and institutions. Capacity that an operator changed and whatever other committers wrote marks them; what a grain of this silo committed
/// itself it has been told. A mark set once too often costs one read, one too few costs a guard that refuses: never a seat.
/// </summary>
internal sealed class StaleMarks : IDisposable
{
    private readonly ConcurrentDictionary<SlotHour, StaleMark> _slots = new();
    private readonly ConcurrentDictionary<InstitutionId, StaleMark> _institutions = new();
    private readonly IDisposable _subscription;

    public StaleMarks(SeatLedger ledger) => _subscription = ledger.Feed.Subscribe(Hear);

    public StaleMark Watch(SlotHour slot) => _slots[slot] = new();

    public StaleMark Watch(InstitutionId institution) => _institutions[institution] = new();

    public void Leave(SlotHour slot, StaleMark mark) => _slots.TryRemove(new(slot, mark));

    public void Leave(InstitutionId institution, StaleMark mark) => _institutions.TryRemove(new(institution, mark));

    public void Dispose() => _subscription.Dispose();

    private void Hear(ImmutableArray<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.WholePool is { } pool)
                MarkPool(pool);
            // Nobody tells a slot that its lapsed holds were tidied up: it would carry them about until it is thrown away.
            if (change.IsOwn && change.Kind != "hold_lapsed")
                continue;
            foreach (var seats in change.Slots)
                Mark(_slots, seats.Slot);
            if (!change.IsOwn && change.Institution is { } institution)
                Mark(_institutions, institution);
        }
    }

    private void MarkPool(PoolId pool)
    {
        foreach (var (slot, mark) in _slots)
        {
            if (slot.Pool == pool)
                mark.Set();
        }
    }

    private static void Mark<TKey>(ConcurrentDictionary<TKey, StaleMark> marks, TKey key)
        where TKey : notnull
    {
        if (marks.TryGetValue(key, out var mark))
            mark.Set();
    }
}
