using NodaTime;

namespace Scheduler.Api;

/// <summary>
/// The one clock of the rules and of our own timers: the machine's clock, moved by a fixed duration when a setting gives the start. Orleans and the logs use
/// the machine's clock.
/// </summary>
internal sealed class SchedulerClock : IClock
{
    private readonly Duration _ahead;

    private SchedulerClock(Duration ahead) => _ahead = ahead;

    /// <summary>A clock that shows the machine's time.</summary>
    public static SchedulerClock Real() => new(Duration.Zero);

    /// <summary>A clock that shows <paramref name="start"/> now and runs as fast as the machine's clock.</summary>
    public static SchedulerClock From(Instant start) => new(start - Machine());

    /// <inheritdoc />
    public Instant GetCurrentInstant() => Machine() + _ahead;

#pragma warning disable RS0030 // The only place that may read the machine's clock. All other code uses this clock.
    private static Instant Machine() => SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
}
