using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Capacity and seats taken of every slot of every pool, in memory: two ints a slot. Fed by commits; may be a moment old. Reads take no lock.
/// </summary>
public sealed class SeasonPicture
{
    private readonly bool _versioned;
    private readonly Lock _write = new();
    private ImmutableDictionary<PoolId, PoolPicture> _pools = ImmutableDictionary<PoolId, PoolPicture>.Empty;

    /// <param name="versioned">
    /// Whether values may arrive out of order (several committers): then each slot keeps the version of its row, a third int. One writer tells its commits in order.
    /// </param>
    internal SeasonPicture(bool versioned) => _versioned = versioned;

    /// <summary>Bytes of memory for one slot: 8, or 12 when the ledger is shared.</summary>
    public int BytesPerSlot => (_versioned ? 3 : 2) * sizeof(int);

    /// <summary>A slot's capacity and seats booked and held; false for a slot that never had a capacity.</summary>
    public bool TryGet(SlotHour slot, out int capacity, out int taken)
    {
        capacity = taken = 0;
        return Volatile.Read(ref _pools).TryGetValue(slot.Pool, out var pool) && pool.TryGet(slot.Minutes, out capacity, out taken);
    }

    /// <summary>A pool's slots for fast loops; null when it never had a capacity.</summary>
    public PoolPicture? Pool(PoolId pool) => Volatile.Read(ref _pools).GetValueOrDefault(pool);

    internal void Apply(ReadOnlySpan<SlotSeats> slots)
    {
        lock (_write)
        {
            foreach (var seats in slots)
            {
                var pool = _pools.GetValueOrDefault(seats.Slot.Pool);
                var grown = PoolPicture.Holding(pool, seats.Slot.Minutes, _versioned);
                grown.Set(seats);
                if (!ReferenceEquals(grown, pool))
                    Volatile.Write(ref _pools, _pools.SetItem(seats.Slot.Pool, grown));
            }
        }
    }
}

/// <summary>
/// One pool's slots. The slot that starts at minute m has the index ⌊(m − Base) / 60⌋: starts of one pool lie at least 60 minutes apart, so no two share one.
/// A picture that has to grow is replaced by a larger one; hold on to it for one loop only.
/// </summary>
public sealed class PoolPicture
{
    private const int Spare = 24 * 7;
    private readonly int[] _capacity;
    private readonly int[] _taken;
    private readonly int[]? _versions;
    private int _version;

    private PoolPicture(int from, int length, bool versioned)
    {
        Base = from;
        _capacity = new int[length];
        _taken = new int[length];
        _versions = versioned ? new int[length] : null;
    }

    /// <summary>Minutes since 1970 UTC of index 0.</summary>
    public int Base { get; }

    /// <summary>Seats offered, by index.</summary>
    public ReadOnlySpan<int> Capacity => _capacity;

    /// <summary>Seats booked and held, by index.</summary>
    public ReadOnlySpan<int> Taken => _taken;

    /// <summary>Rises with every change of any slot of the pool.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The index of a slot's start; outside [0, length) for slots that never had a capacity.</summary>
    public int IndexOf(int minutes) => (int)Math.Floor((minutes - (double)Base) / SlotHour.LengthMinutes);

    internal bool TryGet(int minutes, out int capacity, out int taken)
    {
        var index = IndexOf(minutes);
        var known = index >= 0 && index < _capacity.Length;
        capacity = known ? _capacity[index] : 0;
        taken = known ? _taken[index] : 0;
        return known;
    }

    internal void Set(SlotSeats seats)
    {
        var index = IndexOf(seats.Slot.Minutes);
        if (_versions is { } versions)
        {
            if (seats.Version < versions[index])
                return;
            versions[index] = seats.Version;
        }

        _capacity[index] = seats.Capacity;
        _taken[index] = seats.Taken;
        Volatile.Write(ref _version, _version + 1);
    }

    internal static PoolPicture Holding(PoolPicture? old, int minutes, bool versioned)
    {
        if (old is null)
            return new((int)Math.Floor(minutes / 60.0) * 60, Spare, versioned);
        var index = old.IndexOf(minutes);
        if (index >= 0 && index < old._capacity.Length)
            return old;
        var before = index < 0 ? -index + Spare : 0;
        var length = before + Math.Max(old._capacity.Length, index + 1 + (index >= 0 ? Spare : 0));
        var grown = new PoolPicture(old.Base - (before * 60), length, versioned) { _version = old._version };
        old._capacity.CopyTo(grown._capacity, before);
        old._taken.CopyTo(grown._taken, before);
        old._versions?.CopyTo(grown._versions!, before);
        return grown;
    }
}
