using NodaTime;

namespace Scheduler.Api;

/// <summary>
/// The clock of a house that loads the demonstration season: it stands where it is set while the invented past is played, and follows the real one from then on.
/// A second hand on the rules' clock, so it exists in a demonstration alone.
/// </summary>
internal sealed class DemoClock(IClock real) : IClock
{
    private const long Running = long.MinValue;
    private long _ticks = Running;

    /// <summary>The present of the clock behind it, whatever is being played.</summary>
    public Instant RealNow => real.GetCurrentInstant();

    /// <inheritdoc />
    public Instant GetCurrentInstant()
    {
        var ticks = Interlocked.Read(ref _ticks);
        return ticks == Running ? RealNow : Instant.FromUnixTimeTicks(ticks);
    }

    /// <summary>Stands still at this instant.</summary>
    public void Stand(Instant at) => Interlocked.Exchange(ref _ticks, at.ToUnixTimeTicks());

    /// <summary>Follows the clock behind it.</summary>
    public void Run() => Interlocked.Exchange(ref _ticks, Running);
}
