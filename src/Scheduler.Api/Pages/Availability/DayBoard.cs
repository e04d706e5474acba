using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>Everything that the day page shows: the pools that serve the exam side by side, and the chosen pool alone on a phone.</summary>
public sealed record DayBoard
{
    /// <summary>The address of the page, with the pool and the day filled in.</summary>
    public required AvailabilityAddress Address { get; init; }

    /// <summary>The institution whose rules and bookings the page shows; null for an operator who names none.</summary>
    public required Institution? School { get; init; }

    /// <summary>The zone of all times on the page.</summary>
    public required DateTimeZone Zone { get; init; }

    /// <summary>The day.</summary>
    public required LocalDate Day { get; init; }

    /// <summary>The chosen pool; null when no pool is offered.</summary>
    public required Pool? Pool { get; init; }

    /// <summary>All pools, in the order of the rail.</summary>
    public required ImmutableArray<Pool> All { get; init; }

    /// <summary>One grid of one day for each pool that serves the exam, the chosen pool first.</summary>
    public required ImmutableArray<SlotGridView> Grids { get; init; }

    /// <summary>Free seats of the chosen pool in the week of the day.</summary>
    public required SlotGridView? Week { get; init; }

    /// <summary>The next day on which the chosen pool is open, when the day is closed.</summary>
    public required LocalDate? NextOpen { get; init; }

    /// <summary>Today in the zone.</summary>
    public required LocalDate Today { get; init; }

    /// <summary>What the reader wants to book.</summary>
    public Need Need => Address.Need;

    /// <summary>The chosen pool's grid.</summary>
    public SlotGridView? Grid => Grids.IsEmpty ? null : Grids[0];

    /// <summary>The days of notice that the day needs.</summary>
    public required int DaysNeeded { get; init; }

    /// <summary>The booking that gets another start; null when somebody looks for a new booking.</summary>
    public required Booking? Moved { get; init; }

    internal static async Task<DayBoard> Read(PageContext page)
    {
        var (asked, moved) = await AvailabilityQuery.ReadView(page, AvailabilitySpan.Day);
        var school = AvailabilityQuery.School(page, asked);
        var reading = new SeatsReading(page, school);
        var (catalogue, zone) = (page.Catalogue, reading.Zone);
        var today = LeadTime.Day(page.Now, zone);
        var earliest = LeadTime.EarliestDate(today, catalogue.Calendar, catalogue.Policy.Value);
        var day = asked.Start is { } start ? LeadTime.Day(start, zone) : asked.From ?? earliest ?? today;
        var pools = PoolOrder.Of(catalogue, asked.Need.Exam, zone, moved);
        var pool = PoolOrder.Chosen(pools, asked.Pool);
        await reading.ReadOwn(day, 1);
        var grids = ImmutableArray.CreateBuilder<SlotGridView>();
        foreach (var one in pools.Where(one => one == pool || Serves(one, asked.Need)).OrderByDescending(one => one == pool).Take(LiveEndpoint.Pools))
            grids.Add(await reading.Fits(one, day, 1, Serves(one, asked.Need) ? asked.Need : new(), one == pool ? asked.Start : null, moved));
        var isClosed = grids.Count > 0 && grids[0].IsClosed;
        return new()
        {
            Address = asked with { Pool = pool?.Id, From = day },
            School = school,
            Zone = zone,
            Day = day,
            Pool = pool,
            All = [.. pools],
            Grids = grids.ToImmutable(),
            Week = pool is null ? null : reading.Seats(pool, WeekBoard.MondayOf(day), WeekBoard.Days),
            NextOpen = isClosed ? NextOpenDay(reading, pool!, day) : null,
            Today = today,
            Moved = moved,
            DaysNeeded = catalogue.Calendar.DaysNeeded(day, catalogue.Policy.Value),
        };
    }

    private static bool Serves(Pool pool, Need need) => need.Exam is not { } exam || exam.Pools.Contains(pool.Id);

    private static LocalDate? NextOpenDay(SeatsReading reading, Pool pool, LocalDate day) =>
        reading.Seats(pool, day.PlusDays(1), Limits.AvailabilityDays).Days.FirstOrDefault(one => !one.IsClosed)?.Date;
}
