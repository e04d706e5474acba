using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// One slot: a pool in one hour. The hour is its start in whole minutes since 1970-01-01T00:00Z, the same number in both databases and deaf to clock
/// changes; minutes and not hours, because half-hour zones start their slots at :30 UTC (R1).
/// </summary>
public readonly record struct SlotHour(PoolId Pool, int Minutes) : IComparable<SlotHour>
{
    /// <summary>Length of every slot, in minutes.</summary>
    public const int LengthMinutes = 60;

    /// <summary>The slot's start.</summary>
    public Instant Start => SlotMinutes.ToInstant(Minutes);

    /// <summary>Pool first, then time: the one order in which slots are locked.</summary>
    public int CompareTo(SlotHour other)
    {
        var byPool = Pool.CompareTo(other.Pool);
        return byPool != 0 ? byPool : Minutes.CompareTo(other.Minutes);
    }

    /// <inheritdoc />
    public override string ToString() => $"{Pool} {Start}";
}

/// <summary>Instants as whole minutes since 1970-01-01T00:00Z.</summary>
public static class SlotMinutes
{
    /// <summary>The minutes of an instant; exact only for instants on a whole minute, otherwise rounded down.</summary>
    public static int Of(Instant instant) => checked((int)Math.Floor((double)instant.ToUnixTimeSeconds() / 60));

    /// <summary>The instant of such a number.</summary>
    public static Instant ToInstant(int minutes) => Instant.FromUnixTimeSeconds(minutes * 60L);
}
