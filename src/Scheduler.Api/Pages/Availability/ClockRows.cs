using NodaTime;

namespace Scheduler.Api;

/// <summary>
/// Sorts cells into rows by the time that the reader's clock shows (R1). An hour that comes twice has two rows, told apart by their offsets. An hour that a day
/// skips has a cell that says so.
/// </summary>
/// <param name="Zone">The zone of the clock.</param>
/// <param name="From">The first day.</param>
/// <param name="Days">The number of days.</param>
internal sealed record ClockRows(DateTimeZone Zone, LocalDate From, int Days)
{
    /// <summary>The rows from the first to the last open hour; none when no cell is open. A cell is null where no slot begins.</summary>
    /// <param name="cells">The cells, each at another start.</param>
    /// <param name="startOf">The start of a cell.</param>
    /// <param name="isOpen">Whether the rows must show the cell.</param>
    /// <param name="skipped">The cell of an hour that the clock skips, at the instant of the change.</param>
    public IEnumerable<(LocalTime Time, Offset? Offset, TCell?[] Cells)> Of<TCell>(
        IReadOnlyList<TCell> cells, Func<TCell, Instant> startOf, Func<TCell, bool> isOpen, Func<Instant, TCell> skipped)
        where TCell : class
    {
        var places = cells.Select(cell => (Cell: cell, Local: startOf(cell).InZone(Zone))).ToList();
        var open = places.Where(place => isOpen(place.Cell)).Select(place => place.Local.TimeOfDay).ToList();
        if (open.Count == 0)
            return [];
        var twice = places.GroupBy(place => place.Local.LocalDateTime).Where(group => group.Count() > 1).SelectMany(group => group)
            .Select(place => place.Local.TimeOfDay).ToHashSet();
        var (first, last) = (open.Min(), open.Max());
        var rows = new SortedDictionary<(LocalTime Time, int Turn), (Offset? Offset, TCell?[] Cells)>();
        foreach (var (cell, local) in places)
        {
            if (local.TimeOfDay < first || local.TimeOfDay > last)
                continue;
            var key = (local.TimeOfDay, IsSecond(local) ? 1 : 0);
            if (!rows.TryGetValue(key, out var row))
                rows[key] = row = (null, new TCell?[Days]);
            row.Cells[Period.DaysBetween(From, local.Date)] = cell;
            if (twice.Contains(local.TimeOfDay) && row.Offset is null && Zone.MapLocal(local.LocalDateTime).Count == 2)
                rows[key] = (local.Offset, row.Cells);
        }

        foreach (var ((time, _), (_, row)) in rows)
        {
            for (var day = 0; day < Days; day++)
            {
                if (row[day] is null && Zone.MapLocal(From.PlusDays(day).At(time)) is { Count: 0 } mapping)
                    row[day] = skipped(mapping.LateInterval.Start);
            }
        }

        return rows.Select(row => (row.Key.Time, row.Value.Offset, row.Value.Cells));
    }

    /// <summary>Whether the clock shows this local time for the second time.</summary>
    private static bool IsSecond(ZonedDateTime local) =>
        local.Zone.MapLocal(local.LocalDateTime) is { Count: 2 } mapping && mapping.Last().ToInstant() == local.ToInstant();
}
