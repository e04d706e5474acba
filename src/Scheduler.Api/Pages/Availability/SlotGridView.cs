using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>
/// Free seats of one pool over some days of the reader's clock, with one row for each time at which slots begin. Made from the picture of the season and the
/// answers of one grain call, so that no cell asks anybody.
/// </summary>
public sealed record SlotGridView
{
    /// <summary>The pool.</summary>
    public required Pool Pool { get; init; }

    /// <summary>The days, in order.</summary>
    public required ImmutableArray<GridDay> Days { get; init; }

    /// <summary>The rows from the first to the last open hour; empty when the pool is closed on all days.</summary>
    public required ImmutableArray<GridRow> Rows { get; init; }

    /// <summary>How many starts fit the need.</summary>
    public required int Fitting { get; init; }

    /// <summary>The first start that fits; null when none does.</summary>
    public required Instant? FirstFit { get; init; }

    /// <summary>The share of free seats in the hours that can still be booked, in per cent; null when there are no such hours.</summary>
    public required int? PercentFree { get; init; }

    /// <summary>The greatest capacity of an hour.</summary>
    public required int GreatestCapacity { get; init; }

    /// <summary>Whether the pool is closed on all days.</summary>
    public bool IsClosed => Rows.IsEmpty;

    /// <summary>The cells of all hours that there are, each with another start.</summary>
    public IEnumerable<GridCell> Cells => Rows.SelectMany(row => row.Cells).OfType<GridCell>().Where(cell => cell.State != CellState.Skipped);

    /// <summary>The selected start's cell; null when nothing in view is selected.</summary>
    public GridCell? Selected => Cells.FirstOrDefault(cell => cell.IsSelectedStart);

    internal static SlotGridView Of(GridQuestion question)
    {
        var cells = new CellReading(question).All();
        var open = cells.Where(cell => cell.State != CellState.Closed || cell.Own > 0).ToList();
        var bookable = cells.Where(cell => cell.Capacity > 0 && cell.State is not (CellState.Past or CellState.Horizon or CellState.Notice)).ToList();
        var offered = bookable.Sum(cell => (long)cell.Capacity);
        return new()
        {
            Pool = question.Pool,
            Days = DaysOf(question, cells),
            Rows = GridRows.Of(question, cells, open),
            Fitting = cells.Count(cell => cell.State == CellState.Fits),
            FirstFit = cells.Find(cell => cell.State == CellState.Fits)?.Start,
            PercentFree = offered == 0 ? null : (int)(bookable.Sum(cell => (long)cell.Free) * 100 / offered),
            GreatestCapacity = cells.Count == 0 ? 0 : cells.Max(cell => cell.Capacity),
        };
    }

    private static ImmutableArray<GridDay> DaysOf(GridQuestion question, List<GridCell> cells)
    {
        var (policy, calendar) = (question.Catalogue.Policy.Value, question.Catalogue.Calendar);
        var earliest = LeadTime.EarliestDate(LeadTime.Day(question.Now, question.Zone), calendar, policy);
        var byDay = cells.ToLookup(cell => LeadTime.Day(cell.Start, question.Zone));
        var days = ImmutableArray.CreateBuilder<GridDay>(question.Days);
        for (var k = 0; k < question.Days; k++)
        {
            var date = question.From.PlusDays(k);
            var open = byDay[date].Where(cell => cell.Capacity > 0).ToList();
            var states = open.Select(cell => cell.State).Distinct().ToList();
            days.Add(new()
            {
                Date = date,
                OpensAt = open.Count == 0 ? null : TimeOf(open[0].Start, question.Zone),
                ClosesAt = open.Count == 0 ? null : TimeOf(open[^1].Start + Duration.FromHours(1), question.Zone),
                Block = states is [CellState.Past or CellState.Horizon or CellState.Notice or CellState.Collecting] ? states[0] : null,
                DaysNeeded = calendar.DaysNeeded(date, policy),
                IsEarliest = date == earliest,
            });
        }

        return days.MoveToImmutable();
    }

    private static LocalTime TimeOf(Instant instant, DateTimeZone zone) => instant.InZone(zone).TimeOfDay;
}
