using System.Collections.Immutable;
using NodaTime;

namespace Scheduler.Domain;

/// <summary>Seats on some weekdays between two local times of the pool.</summary>
/// <param name="Days">The weekdays.</param>
/// <param name="From">First slot's local start, a whole hour.</param>
/// <param name="ToHour">Where the last slot ends: a whole local hour 1–24, later than <paramref name="From"/>.</param>
/// <param name="Seats">Seats offered in each slot.</param>
public sealed record WeeklyRow(ImmutableArray<IsoDayOfWeek> Days, LocalTime From, int ToHour, int Seats);

/// <summary>A week's pattern for the local dates <paramref name="From"/> to <paramref name="To"/>, both included; hours that no row names offer nothing.</summary>
public sealed record WeeklyTemplate(LocalDate From, LocalDate To, ImmutableArray<WeeklyRow> Rows)
{
    /// <summary>Seats offered in the slot that starts at this local time.</summary>
    public int Seats(LocalDateTime local)
    {
        foreach (var row in Rows)
        {
            if (row.Days.Contains(local.DayOfWeek) && local.Hour >= row.From.Hour && local.Hour < row.ToHour)
                return row.Seats;
        }

        return 0;
    }
}

/// <summary>Seats that win over the template for slots with <paramref name="From"/> ≤ start &lt; <paramref name="To"/>.</summary>
public readonly record struct CapacityException(Instant From, Instant To, int Seats);

/// <summary>
/// Where the capacity of a pool's slots comes from (R3): dated weekly templates, and exceptions that win over them; later ones of either kind win over earlier ones.
/// </summary>
public sealed record PoolCapacity
{
    /// <summary>No capacity anywhere.</summary>
    public static PoolCapacity None { get; } = new();

    /// <summary>Templates, oldest first, none overlapping another.</summary>
    public ImmutableArray<WeeklyTemplate> Templates { get; init; } = [];

    /// <summary>Exceptions, by start, none overlapping another.</summary>
    public ImmutableArray<CapacityException> Exceptions { get; init; } = [];

    /// <summary>With a template that replaces what others said for its dates.</summary>
    public PoolCapacity With(WeeklyTemplate template)
    {
        var kept = Templates.SelectMany(old => Outside(old, template.From, template.To));
        return this with { Templates = [.. kept, template] };
    }

    /// <summary>With an exception that replaces what others said for its slots.</summary>
    public PoolCapacity With(CapacityException exception) =>
        this with { Exceptions = [.. Cut(exception.From, exception.To).Append(exception).OrderBy(one => one.From)] };

    /// <summary>Without exceptions in [from, to): there the template shows again.</summary>
    public PoolCapacity WithoutExceptions(Instant from, Instant to) => this with { Exceptions = [.. Cut(from, to).OrderBy(one => one.From)] };

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
