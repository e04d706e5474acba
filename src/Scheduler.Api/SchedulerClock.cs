using NodaTime;

namespace Scheduler.Api;

/// <summary>
/// The one clock of rules and of our own timers: the machine's, moved by a fixed distance when a start was set. The silo's upkeep and the logs stay on the machine's own.
/// </summary>
internal sealed class SchedulerClock : IClock
{
    private readonly Duration _ahead;

    private SchedulerClock(Duration ahead) => _ahead = ahead;

    /// <summary>Whether a setting moved it.</summary>
    public bool IsMoved => _ahead != Duration.Zero;

    /// <summary>The machine's time.</summary>
    public static SchedulerClock Real() => new(Duration.Zero);

    /// <summary>A clock that shows <paramref name="start"/> now and goes on at the machine's pace.</summary>
    public static SchedulerClock From(Instant start) => new(start - Machine());

    /// <inheritdoc />
    public Instant GetCurrentInstant() => Machine() + _ahead;

#pragma warning disable RS0030 // The only place that may read the machine's clock: everything else is given this one.
    private static Instant Machine() => SystemClock.Instance.GetCurrentInstant();
#pragma warning restore RS0030
}
