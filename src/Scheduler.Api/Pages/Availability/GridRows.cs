using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Api;

/// <summary>The rows of the grid of free seats.</summary>
internal static class GridRows
{
    public static ImmutableArray<GridRow> Of(GridQuestion question, List<GridCell> cells, List<GridCell> open)
    {
        var shown = open.ToHashSet();
        return
        [
            .. new ClockRows(question.Zone, question.From, question.Days)
                .Of(cells, cell => cell.Start, shown.Contains, start => new() { State = CellState.Skipped, Start = start })
                .Select(row => new GridRow(row.Time, row.Offset, [.. row.Cells])),
        ];
    }

    /// <summary>
    /// The rows of several grids of one day: one cell for each grid. The clock shows an hour that comes twice first with the greater offset from UTC.
    /// </summary>
    public static IEnumerable<GridRow> SideBySide(ImmutableArray<SlotGridView> grids)
    {
        var rows = new Dictionary<(LocalTime Time, Offset? Offset), GridCell?[]>();
        foreach (var (k, grid) in grids.Index())
        {
            foreach (var row in grid.Rows)
            {
                if (!rows.TryGetValue((row.Time, row.Offset), out var cells))
                    rows[(row.Time, row.Offset)] = cells = new GridCell?[grids.Length];
                cells[k] = row.Cells[0];
            }
        }

        return rows.OrderBy(row => row.Key.Time).ThenByDescending(row => row.Key.Offset)
            .Select(row => new GridRow(row.Key.Time, row.Key.Offset, [.. row.Value]));
    }
}
