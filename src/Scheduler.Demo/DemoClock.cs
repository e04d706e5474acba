using NodaTime;

namespace Scheduler.Demo;

/// <summary>
/// The rules' clock of a process that loads the demonstration season. While the invented past is played, the clock is stopped at each moment in turn.
/// Afterwards the clock follows the real clock. Only a demonstration uses this clock.
/// </summary>
public sealed class DemoClock(IClock real) : IClock
{
    private const long Running = long.MinValue;
    private long _ticks = Running;

    /// <summary>The time of the real clock, also while the past is played.</summary>
    public Instant RealNow => real.GetCurrentInstant();

    /// <inheritdoc />
    public Instant GetCurrentInstant()
    {
        var ticks = Interlocked.Read(ref _ticks);
        return ticks == Running ? RealNow : Instant.FromUnixTimeTicks(ticks);
    }

    /// <summary>Stops the clock at this instant.</summary>
    public void Stand(Instant at) => Interlocked.Exchange(ref _ticks, at.ToUnixTimeTicks());

    /// <summary>Follows the real clock again.</summary>
    public void Run() => Interlocked.Exchange(ref _ticks, Running);
}
