using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>A start near the wanted one at which the block fits.</summary>
/// <param name="Start">The start.</param>
/// <param name="FreePerSlot">Free seats of each slot of the block.</param>
public sealed record NearbyStart(Instant Start, ImmutableArray<int> FreePerSlot)
{
    /// <summary>The order of alternatives: the same local day first, then the nearest; of two equally near starts the earlier first.</summary>
    internal static IEnumerable<NearbyStart> Of(SlotGridView grid, SeatProfile profile, Instant wanted, DateTimeZone zone)
    {
        var cells = grid.Cells.ToDictionary(cell => cell.Start);
        var day = LeadTime.Day(wanted, zone);
        return grid.Cells.Where(cell => cell.State == CellState.Fits && cell.Start != wanted)
            .OrderByDescending(cell => LeadTime.Day(cell.Start, zone) == day)
            .ThenBy(cell => Distance(cell.Start, wanted)).ThenBy(cell => cell.Start)
            .Select(cell => new NearbyStart(cell.Start, [.. Free(cells, cell, profile)]));
    }

    private static Duration Distance(Instant one, Instant other) => one > other ? one - other : other - one;

    private static IEnumerable<int> Free(Dictionary<Instant, GridCell> cells, GridCell first, SeatProfile profile)
    {
        for (var k = 0; k < profile.Slots && cells.TryGetValue(SlotGrid.End(first.Start, k), out var cell); k++)
            yield return cell.Free;
    }
}
