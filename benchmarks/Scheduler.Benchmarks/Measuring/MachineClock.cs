using NodaTime;

namespace Scheduler.Benchmarks;

/// <summary>The machine's clock: what is measured here is real.</summary>
internal sealed class MachineClock : IClock
{
    public static MachineClock Instance { get; } = new();

    public Instant GetCurrentInstant() => Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
}
