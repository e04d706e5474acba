using NodaTime;

namespace Scheduler.Benchmarks;

/// <summary>The clock of the machine: benchmarks run in real time.</summary>
internal sealed class MachineClock : IClock
{
    public static MachineClock Instance { get; } = new();

    public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
