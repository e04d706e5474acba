using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Api;

/// <summary>One row of the week: the slots that start at this time of the pool's clock.</summary>
/// <param name="Time">The time that the clock shows.</param>
/// <param name="Offset">Where the hour comes twice on a day of the week: the offset of this row's hour. Otherwise null.</param>
/// <param name="Cells">One cell for each day; null where no slot begins then.</param>
public sealed record CapacityRow(LocalTime Time, Offset? Offset, ImmutableArray<CapacityCell?> Cells);
