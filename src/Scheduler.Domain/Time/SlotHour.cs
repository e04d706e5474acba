using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// One slot: a pool in one hour. The slot's start is stored in whole minutes since 1970-01-01T00:00Z. The number is the same in both databases, and clock
/// changes do not affect it. The unit is minutes and not hours, because pools in half-hour zones start their slots at :30 UTC (R1).
/// </summary>
public readonly record struct SlotHour(PoolId Pool, int Minutes) : IComparable<SlotHour>
{
    /// <summary>Length of every slot, in minutes.</summary>
    public const int LengthMinutes = 60;

    /// <summary>The slot's start.</summary>
    public Instant Start => SlotMinutes.ToInstant(Minutes);

    /// <summary>Pool first, then time. All code locks slots in this order.</summary>
    public int CompareTo(SlotHour other)
    {
        var byPool = Pool.CompareTo(other.Pool);
        return byPool != 0 ? byPool : Minutes.CompareTo(other.Minutes);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Pool} {Start}";
}
