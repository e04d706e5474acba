using System.Collections.Immutable;

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
}
