using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Everything that the week page shows.</summary>
public sealed record WeekBoard
{
    /// <summary>Days of a week.</summary>
    public const int Days = 7;

    /// <summary>The address of the page, with the pool and the week filled in.</summary>
    public required AvailabilityAddress Address { get; init; }

    /// <summary>The institution whose rules and bookings the page shows; null for an operator who names none.</summary>
    public required Institution? School { get; init; }

    /// <summary>The zone of all times on the page.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The first day.</summary>
    public required LocalDate Monday { get; init; }

    /// <summary>The pool whose grid is shown; null when no pool is offered.</summary>
    public required Pool? Pool { get; init; }

    /// <summary>Free seats of the pool; null when no pool is offered.</summary>
    public required SlotGridView? Grid { get; init; }

    /// <summary>All pools.</summary>
    public required ImmutableArray<PoolCardView> Cards { get; init; }

    /// <summary>Whether the pool serves the exam that is asked for; true without an exam.</summary>
    public required bool ServesExam { get; init; }

    /// <summary>The season with the longest notice of the days shown.</summary>
    public required Season? Season { get; init; }

    /// <summary>The earliest day on which the institution can book; null when there is none.</summary>
    public required LocalDate? Earliest { get; init; }

    /// <summary>
    /// The day to which a phone goes, where seven columns have no room: the earliest of the week that can be booked. A week in which the pool is closed leads
    /// on to the next day that can be booked.
    /// </summary>
    public required LocalDate PhoneDay { get; init; }

    /// <summary>Today in the zone.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>What the reader wants to book.</summary>
    public Need Need => Address.Need;

    /// <summary>The address of another week.</summary>
    public AvailabilityAddress WeekOf(LocalDate day) => Address with { From = MondayOf(day), Start = null };

    /// <summary>The Monday of the week of a day.</summary>
    public static LocalDate MondayOf(LocalDate day) => day.PlusDays(1 - (int)day.DayOfWeek);

    /// <summary>The booking that gets another start; null when somebody looks for a new booking.</summary>
    public required Booking? Moved { get; init; }

    internal static async Task<WeekBoard> Read(PageContext page)
    {
        var (asked, moved) = await AvailabilityQuery.ReadView(page, AvailabilitySpan.Week);
        var school = AvailabilityQuery.School(page, asked);
        var reading = new SeatsReading(page, school);
        var (catalogue, zone) = (page.Catalogue, reading.Zone);
        var today = LeadTime.Day(page.Now, zone);
        var earliest = LeadTime.EarliestDate(today, catalogue.Calendar, catalogue.Policy.Value);
        var start = asked.Start;
        var monday = MondayOf(start is { } chosen ? LeadTime.Day(chosen, zone) : asked.From ?? earliest ?? today);
        var pools = PoolOrder.Of(catalogue, asked.Need.Exam, zone, moved);
        var pool = PoolOrder.Chosen(pools, asked.Pool);
        var serves = asked.Need.Exam is not { } exam || (pool is not null && exam.Pools.Contains(pool.Id));
        await reading.ReadOwn(monday, Days);
        // A pool that does not serve the exam shows its free seats alone.
        var need = serves ? asked.Need : new();
        var grid = pool is null ? null : await reading.Fits(pool, monday, Days, need, start, moved);
        var goesOn = grid?.IsClosed == true || asked.From is null;
        return new()
        {
            Address = asked with { Pool = pool?.Id, From = monday },
            School = school,
            Zone = zone,
            Monday = monday,
            Pool = pool,
            Grid = grid,
            PhoneDay = grid is null ? monday : First(grid) ?? (goesOn ? First(reading.Seats(pool!, monday, Limits.AvailabilityDays)) : null) ?? monday,
            Cards = [.. pools.Select(one => new PoolCardView(one, reading.Seats(one, monday, Days), Serves(one, asked.Need), one == pool))],
            ServesExam = serves,
            Season = catalogue.Calendar.Seasons.Where(season => season.From <= monday.PlusDays(Days - 1) && monday <= season.To)
                .MaxBy(season => season.LeadTimeDays),
            Earliest = earliest,
            Today = today,
            Moved = moved,
        };
    }

    /// <summary>The first day of a grid that can be booked; null without one.</summary>
    private static LocalDate? First(SlotGridView grid) => grid.Days.FirstOrDefault(day => day.IsEarliest && !day.IsClosed)?.Date
        ?? grid.Days.FirstOrDefault(day => !day.IsClosed && day.Block is null)?.Date;

    private static bool Serves(Pool pool, Need need) => need.Exam is not { } exam || exam.Pools.Contains(pool.Id);
}
