using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>
/// The source of the capacity of a pool's slots (R3): weekly templates with dates, and exceptions. An exception replaces the template for its slots. A later
/// template or exception replaces the earlier ones of the same kind where they overlap.
/// </summary>
public sealed record PoolCapacity
{
    /// <summary>No capacity anywhere.</summary>
    public static PoolCapacity None { get; } = new();

    /// <summary>Templates, oldest first. They do not overlap.</summary>
    public ImmutableArray<WeeklyTemplate> Templates { get; init; } = [];

    /// <summary>Exceptions, ordered by start. They do not overlap.</summary>
    public ImmutableArray<CapacityException> Exceptions { get; init; } = [];

    /// <summary>This capacity with a template added. The new template replaces the other templates on its dates.</summary>
    public PoolCapacity With(WeeklyTemplate template)
    {
        var kept = Templates.SelectMany(old => Outside(old, template.From, template.To));
        return this with { Templates = [.. kept, template] };
    }

    /// <summary>This capacity with an exception added. The new exception replaces the other exceptions for its slots.</summary>
    public PoolCapacity With(CapacityException exception) =>
        this with { Exceptions = [.. Cut(exception.From, exception.To).Append(exception).OrderBy(one => one.From)] };

    /// <summary>This capacity with exceptions set, or removed, in several ranges.</summary>
    public PoolCapacity With(IEnumerable<HourSeats> hours) => hours.Aggregate(this, (capacity, range) => range.Seats is { } seats
        ? capacity.With(new CapacityException(range.From, range.To, seats))
        : capacity.WithoutExceptions(range.From, range.To));

    /// <summary>This capacity without exceptions in [from, to). There the template applies again.</summary>
    public PoolCapacity WithoutExceptions(Instant from, Instant to) => this with { Exceptions = [.. Cut(from, to).OrderBy(one => one.From)] };

    /// <summary>
    /// The exceptions that add seats to slots, each slot on top of what it offers now; slots of ranges that overlap get both. Touching slots with equal seats
    /// share an exception. No slot gets more than <see cref="Limits.Seats"/>.
    /// </summary>
    /// <param name="added">The seats to add.</param>
    /// <param name="grid">The pool's grid.</param>
    public ImmutableArray<CapacityException> Raised(ImmutableArray<AddedHours> added, SlotGrid grid)
    {
        var seats = new SortedDictionary<Instant, long>();
        foreach (var range in added)
        {
            foreach (var start in grid.Starts(range.From, range.To))
                seats[start] = (seats.TryGetValue(start, out var known) ? known : Seats(start, grid)) + range.Add;
        }

        var raised = ImmutableArray.CreateBuilder<CapacityException>();
        foreach (var (start, most) in seats)
        {
            var (end, offered) = (start + Duration.FromMinutes(SlotHour.LengthMinutes), (int)Math.Min(most, Limits.Seats));
            if (raised.Count > 0 && raised[^1] is var last && last.To == start && last.Seats == offered)
                raised[^1] = last with { To = end };
            else
                raised.Add(new(start, end, offered));
        }

        return raised.ToImmutable();
    }

    /// <summary>Seats offered in the slot of <paramref name="grid"/> that starts at <paramref name="start"/>.</summary>
    public int Seats(Instant start, SlotGrid grid)
    {
        foreach (var exception in Exceptions)
        {
            if (exception.From <= start && start < exception.To)
                return exception.Seats;
        }

        var local = start.InZone(grid.Zone).LocalDateTime;
        foreach (var template in Templates)
        {
            if (template.From <= local.Date && local.Date <= template.To)
                return template.Seats(local);
        }

        return 0;
    }

    /// <summary>
    /// The greatest number of seats that a template or an exception offers in a slot to come: of the templates that do not end before today, and of the
    /// exceptions with an hour that has not begun. No slot to come offers more. Where exceptions hide a template's rows, every slot may offer fewer.
    /// </summary>
    public int Greatest(Instant now, DateTimeZone zone)
    {
        var today = now.InZone(zone).Date;
        var seats = Templates.Where(template => template.To >= today).SelectMany(template => template.Rows).Select(row => row.Seats)
            .Concat(Exceptions.Where(exception => exception.To - Duration.FromMinutes(SlotHour.LengthMinutes) > now).Select(exception => exception.Seats));
        return seats.DefaultIfEmpty(0).Max();
    }

    private IEnumerable<CapacityException> Cut(Instant from, Instant to)
    {
        foreach (var old in Exceptions)
        {
            if (old.To <= from || old.From >= to)
            {
                yield return old;
                continue;
            }

            if (old.From < from)
                yield return old with { To = from };
            if (old.To > to)
                yield return old with { From = to };
        }
    }

    private static IEnumerable<WeeklyTemplate> Outside(WeeklyTemplate old, LocalDate from, LocalDate to)
    {
        if (old.To < from || old.From > to)
        {
            yield return old;
            yield break;
        }

        if (old.From < from)
            yield return old with { To = from.PlusDays(-1) };
        if (old.To > to)
            yield return old with { From = to.PlusDays(1) };
    }
}
