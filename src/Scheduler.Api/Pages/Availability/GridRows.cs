using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Api;

/// <summary>
/// Sorts cells into rows by the time that the reader's clock shows (R1). An hour that comes twice has two rows, told apart by their offsets. An hour that a day
/// skips has a cell that says so.
/// </summary>
internal static class GridRows
{
    public static ImmutableArray<GridRow> Of(GridQuestion question, List<GridCell> cells, List<GridCell> open)
    {
        if (open.Count == 0)
            return [];
        var places = cells.Select(cell => (Cell: cell, Local: cell.Start.InZone(question.Zone))).ToList();
        var twice = places.GroupBy(place => place.Local.LocalDateTime).Where(group => group.Count() > 1).SelectMany(group => group)
            .Select(place => place.Local.TimeOfDay).ToHashSet();
        var times = open.Select(cell => cell.Start.InZone(question.Zone).TimeOfDay).ToList();
        var (first, last) = (times.Min(), times.Max());
        var rows = new SortedDictionary<(LocalTime Time, int Turn), (Offset? Offset, GridCell?[] Cells)>();
        foreach (var (cell, local) in places)
        {
            if (local.TimeOfDay < first || local.TimeOfDay > last)
                continue;
            var turn = IsSecond(local) ? 1 : 0;
            var key = (local.TimeOfDay, turn);
            if (!rows.TryGetValue(key, out var row))
                rows[key] = row = (null, new GridCell?[question.Days]);
            row.Cells[Period.DaysBetween(question.From, local.Date)] = cell;
            if (twice.Contains(local.TimeOfDay) && row.Offset is null && question.Zone.MapLocal(local.LocalDateTime).Count == 2)
                rows[key] = (local.Offset, row.Cells);
        }

        foreach (var time in Missing(question, times.Select(time => time.Minute).Distinct()).Where(time => time >= first && time <= last))
            rows.TryAdd((time, 0), (null, new GridCell?[question.Days]));
        return [.. rows.Select(row => new GridRow(row.Key.Time, row.Value.Offset, [.. Skipped(question, row.Key.Time, row.Value.Cells)]))];
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

    /// <summary>Whether the clock shows this local time for the second time.</summary>
    private static bool IsSecond(ZonedDateTime local) =>
        local.Zone.MapLocal(local.LocalDateTime) is { Count: 2 } mapping && mapping.Last().ToInstant() == local.ToInstant();

    /// <summary>The times that the clock of one of the days does not show.</summary>
    private static IEnumerable<LocalTime> Missing(GridQuestion question, IEnumerable<int> minutes) =>
        from minute in minutes
        from hour in Enumerable.Range(0, 24)
        let time = new LocalTime(hour, minute)
        where Enumerable.Range(0, question.Days).Any(day => question.Zone.MapLocal(question.From.PlusDays(day).At(time)).Count == 0)
        select time;

    private static IEnumerable<GridCell?> Skipped(GridQuestion question, LocalTime time, GridCell?[] cells) => cells.Select((cell, day) =>
        cell is null && question.Zone.MapLocal(question.From.PlusDays(day).At(time)) is { Count: 0 } mapping
            ? new() { State = CellState.Skipped, Start = mapping.LateInterval.Start }
            : cell);
}
