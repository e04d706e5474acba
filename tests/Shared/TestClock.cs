using NodaTime;

namespace Scheduler.Tests;

/// <summary>The clock of tests: production code reads it, and only a test moves it.</summary>
public sealed class TestClock(Instant start) : IClock
{
    private long _ticks = start.ToUnixTimeTicks();

    /// <summary>The present instant of the test.</summary>
    public Instant Now => Instant.FromUnixTimeTicks(Interlocked.Read(ref _ticks));

    /// <inheritdoc />
    public Instant GetCurrentInstant() => Now;

    /// <summary>Moves the clock on (or back, with a negative duration).</summary>
    public void Advance(Duration by) => Interlocked.Add(ref _ticks, (long)by.TotalTicks);

    /// <summary>Sets the clock.</summary>
    public void Set(Instant to) => Interlocked.Exchange(ref _ticks, to.ToUnixTimeTicks());
}
