using NodaTime;

namespace Scheduler.Domain;

/// <summary>Instants as whole minutes since 1970-01-01T00:00Z.</summary>
public static class SlotMinutes
{
    /// <summary>Whole minutes from 1970-01-01T00:00Z to the instant, rounded down.</summary>
    public static int Of(Instant instant) => checked((int)Math.Floor((double)instant.ToUnixTimeSeconds() / 60));

    /// <summary>The instant that lies this many minutes after 1970-01-01T00:00Z.</summary>
    public static Instant ToInstant(int minutes) => Instant.FromUnixTimeSeconds(minutes * 60L);
}
