using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// R1: the instants at which a zone's clock shows one local date and time: one instant, two when the clocks go back, or none when the clocks skip the time. The
/// list is closed.
/// </summary>
public abstract record LocalStart
{
    private LocalStart()
    {
    }

    /// <summary>The clock shows the local time once.</summary>
    public sealed record Single(Instant Start) : LocalStart;

    /// <summary>The clocks go back, so the clock shows the local time twice.</summary>
    public sealed record Twice(Instant Earlier, Instant Later) : LocalStart;

    /// <summary>The clocks go forward, so the clock never shows the local time.</summary>
    /// <param name="Resumes">The instant of the clock change: the first instant after the skipped time.</param>
    public sealed record Skipped(Instant Resumes) : LocalStart;

    /// <summary>What a local date and time means in a zone.</summary>
    public static LocalStart In(DateTimeZone zone, LocalDateTime local)
    {
        var mapping = zone.MapLocal(local);
        return mapping.Count switch
        {
            0 => new Skipped(mapping.LateInterval.Start),
            1 => new Single(mapping.Single().ToInstant()),
            _ => new Twice(mapping.First().ToInstant(), mapping.Last().ToInstant()),
        };
    }

    /// <summary>What a zone's clock shows at an instant.</summary>
    public static LocalDateTime Shown(DateTimeZone zone, Instant start) => start.InZone(zone).LocalDateTime;
}
