using Orleans;

namespace Scheduler.Grains;

/// <summary>Whether a booking would be made at one start.</summary>
/// <param name="Minutes">The start, in minutes since 1970 UTC.</param>
/// <param name="WhyNot">The code of the refusal that the booking would get; null when the booking would be made.</param>
[GenerateSerializer, Immutable, Alias("scheduler.start-fit")]
public readonly record struct StartFit([property: Id(0)] int Minutes, [property: Id(1)] string? WhyNot);
