using System.Collections.Immutable;
using Orleans;

namespace Scheduler.Grains;

/// <summary>The answer to a <see cref="FitsQuery"/>.</summary>
/// <param name="Starts">One row for each start of the pool in the range, ascending.</param>
[GenerateSerializer, Immutable, Alias("scheduler.fits-answer")]
public sealed record FitsAnswer([property: Id(0)] ImmutableArray<StartFit> Starts);
