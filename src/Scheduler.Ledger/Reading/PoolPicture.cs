using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// One pool's slots. The slot that starts at minute m has the index ⌊(m − Base) / 60⌋: starts of one pool lie at least 60 minutes apart, so no two share an
/// index. When a picture must grow, a larger picture replaces it. So keep a reference to a picture only for one loop.
/// </summary>
/// <remarks>
/// There is one writer at a time, under the lock of <see cref="SeasonPicture"/>; readers take no lock. A sequence lock makes a slot's values consistent: the
/// writer makes the version odd, writes, and makes the version even. A reader reads again when the version was odd, or was different before and after the
/// reading.
/// </remarks>
public sealed class PoolPicture
{
    private const int Spare = 24 * 7;
    private readonly int[] _capacity;
    private readonly int[] _taken;
    private readonly int[]? _versions;
    private ImmutableDictionary<int, SlotHolds> _holds = ImmutableDictionary<int, SlotHolds>.Empty;
    private long _firstExpiry = long.MaxValue;
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

    /// <summary>Seats booked and held, by index. <see cref="SeasonPicture.LapsedSeats"/> returns the seats of lapsed holds among them.</summary>
    public ReadOnlySpan<int> Taken => _taken;

    /// <summary>Rises with every change of any slot of the pool; odd while a change is written.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>The index of a slot's start; outside [0, length) for slots that never had a capacity.</summary>
    public int IndexOf(int minutes) => (int)Math.Floor((minutes - (double)Base) / SlotHour.LengthMinutes);

    internal bool TryGetCapacity(int minutes, out int capacity)
    {
        var index = IndexOf(minutes);
        capacity = Has(index) ? _capacity[index] : 0;
        return Has(index);
    }

    /// <summary>The slot that starts at these minutes since 1970 UTC, at an instant. All 0 for a slot that never had a capacity.</summary>
    public SlotView Look(int minutes, Instant now)
    {
        var index = IndexOf(minutes);
        if (!Has(index))
            return default;
        var waiter = new SpinWait();
        while (true)
        {
            var version = Volatile.Read(ref _version);
            var (capacity, taken, holds) = (_capacity[index], _taken[index], _holds);
            Volatile.ReadBarrier();
            if (version % 2 == 0 && version == Volatile.Read(ref _version))
                return View(capacity, taken, holds.IsEmpty ? 0 : holds.GetValueOrDefault(index).LapsedAt(now));
            waiter.SpinOnce(-1);
        }
    }

    internal ImmutableArray<LapsedSeats> LapsedSeats(Instant now)
    {
        if (now.ToUnixTimeTicks() < Volatile.Read(ref _firstExpiry))
            return [];
        var lapsed = ImmutableArray.CreateBuilder<LapsedSeats>();
        foreach (var (_, slot) in Volatile.Read(ref _holds))
        {
            var seats = slot.LapsedAt(now);
            if (seats > 0)
                lapsed.Add(new(slot.Minutes, seats));
        }

        lapsed.Sort((left, right) => left.Minutes.CompareTo(right.Minutes));
        return lapsed.ToImmutable();
    }

    internal void Apply(ReadOnlySpan<SlotSeats> slots)
    {
        Volatile.Write(ref _version, _version + 1);
        Volatile.WriteBarrier();
        var holds = _holds;
        foreach (var seats in slots)
        {
            var index = IndexOf(seats.Slot.Minutes);
            if (_versions is { } versions)
            {
                if (seats.Version < versions[index])
                    continue;
                versions[index] = seats.Version;
            }

            _capacity[index] = seats.Capacity;
            _taken[index] = seats.Taken;
            if (!seats.Holds.IsEmpty)
                holds = holds.SetItem(index, new(seats.Slot.Minutes, seats.Holds));
            else if (!holds.IsEmpty)
                holds = holds.Remove(index);
        }

        if (!ReferenceEquals(holds, _holds))
        {
            Volatile.Write(ref _holds, holds);
            Volatile.Write(ref _firstExpiry, FirstExpiry(holds));
        }

        Volatile.Write(ref _version, _version + 1);
    }

    /// <summary>The picture, or a larger copy when the picture has no place for these slots.</summary>
    internal static PoolPicture Holding(PoolPicture? old, ReadOnlySpan<SlotSeats> slots, bool versioned)
    {
        var (first, last) = (int.MaxValue, int.MinValue);
        foreach (var seats in slots)
            (first, last) = (Math.Min(first, seats.Slot.Minutes), Math.Max(last, seats.Slot.Minutes));
        if (old is null)
        {
            var start = (int)Math.Floor(first / 60.0) * 60;
            return new(start, Math.Max(Spare, ((last - start) / 60) + 1), versioned);
        }

        var (low, high) = (old.IndexOf(first), old.IndexOf(last));
        if (low >= 0 && high < old._capacity.Length)
            return old;
        var before = low < 0 ? -low + Spare : 0;
        var length = before + Math.Max(old._capacity.Length, high < old._capacity.Length ? 0 : high + 1 + Spare);
        var grown = new PoolPicture(old.Base - (before * 60), length, versioned) { _version = old._version, _firstExpiry = old._firstExpiry };
        old._capacity.CopyTo(grown._capacity, before);
        old._taken.CopyTo(grown._taken, before);
        old._versions?.CopyTo(grown._versions!, before);
        grown._holds = before == 0 ? old._holds : old._holds.ToImmutableDictionary(pair => pair.Key + before, pair => pair.Value);
        return grown;
    }

    private static SlotView View(int capacity, int taken, int lapsed) => new(capacity, capacity - taken + lapsed, lapsed > 0);

    private static long FirstExpiry(ImmutableDictionary<int, SlotHolds> all)
    {
        var first = long.MaxValue;
        foreach (var (_, slot) in all)
        {
            foreach (var hold in slot.Holds)
                first = Math.Min(first, hold.ExpiresAt.ToUnixTimeTicks());
        }

        return first;
    }

    private bool Has(int index) => index >= 0 && index < _capacity.Length;

    /// <summary>The holds of the slot that starts at these minutes; the default value has no holds.</summary>
    private readonly record struct SlotHolds(int Minutes, ImmutableArray<HeldSeats> Holds)
    {
        public int LapsedAt(Instant now)
        {
            var lapsed = 0;
            if (Holds.IsDefault)
                return lapsed;
            foreach (var hold in Holds)
                lapsed += now >= hold.ExpiresAt ? hold.Seats : 0;
            return lapsed;
        }
    }
}
