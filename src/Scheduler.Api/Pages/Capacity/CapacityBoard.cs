using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// A week of a pool's capacity on the pool's own clock: what each hour offers, and what of it is taken. Made from the catalogue and the picture in memory, so
/// that no cell asks anybody.
/// </summary>
public sealed record CapacityBoard
{
    /// <summary>The pool.</summary>
    public required Pool Pool { get; init; }

    /// <summary>The first day.</summary>
    public required LocalDate Monday { get; init; }

    /// <summary>Where the capacity of the pool comes from.</summary>
    public required PoolCapacity Capacity { get; init; }

    /// <summary>The version of the capacity.</summary>
    public required int Version { get; init; }

    /// <summary>The rows from the first to the last open hour; empty when the pool is closed in the whole week.</summary>
    public required ImmutableArray<CapacityRow> Rows { get; init; }

    /// <summary>The days of the week.</summary>
    public IEnumerable<LocalDate> Days => Enumerable.Range(0, WeekBoard.Days).Select(Monday.PlusDays);

    /// <summary>The cells of the hours that there are.</summary>
    public IEnumerable<CapacityCell> Cells => Rows.SelectMany(row => row.Cells).OfType<CapacityCell>().Where(cell => !cell.IsSkipped);

    /// <summary>Whether no hour of any week offers a seat or ever did.</summary>
    public bool IsNeverOpen => Capacity.Templates.IsEmpty && Capacity.Exceptions.IsEmpty && Rows.IsEmpty;

    /// <summary>The cells of a day, in their order.</summary>
    public IEnumerable<CapacityCell> Of(LocalDate day) => Cells.Where(cell => cell.Start.InZone(Pool.Zone).Date == day);

    internal static CapacityBoard Read(PageContext page, Pool pool, LocalDate day)
    {
        var monday = WeekBoard.MondayOf(day);
        var capacity = page.Catalogue.Capacities.GetValueOrDefault(pool.Id) ?? new(PoolCapacity.None, 0);
        var (now, slots) = (page.Now, page.Api.Ledger.Picture.Pool(pool.Id));
        var cells = pool.Grid.Starts(pool.Zone.AtStartOfDay(monday).ToInstant(), pool.Zone.AtStartOfDay(monday.PlusDays(WeekBoard.Days)).ToInstant())
            .Select(Cell).ToList();
        return new()
        {
            Pool = pool,
            Monday = monday,
            Capacity = capacity.Value,
            Version = capacity.Version,
            Rows =
            [
                .. new ClockRows(pool.Zone, monday, WeekBoard.Days)
                    .Of(cells, cell => cell.Start, cell => !cell.IsClosed || cell.IsException, start => new() { Start = start, IsSkipped = true })
                    .Select(row => new CapacityRow(row.Time, row.Offset, [.. row.Cells])),
            ],
        };

        CapacityCell Cell(Instant start)
        {
            var seen = slots?.Look(SlotMinutes.Of(start), now) ?? default;
            return new()
            {
                Start = start,
                Capacity = seen.Capacity,
                Taken = seen.Capacity - seen.Free,
                IsException = capacity.Value.Exceptions.Any(one => one.From <= start && start < one.To),
                IsPast = start <= now,
            };
        }
    }
}
