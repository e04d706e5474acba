using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>The load of a plan's scope by day and hour, for some days at a time.</summary>
public sealed record LoadView
{
    /// <summary>How many open days are shown at once.</summary>
    public const int MostDays = 10;

    /// <summary>The days that are shown.</summary>
    public required ImmutableArray<LocalDate> Days { get; init; }

    /// <summary>The starts of hours on the clock; each real start has a row.</summary>
    public required ImmutableArray<LocalTime> Times { get; init; }

    /// <summary>The seats of each hour of each day of the scope.</summary>
    public required ImmutableDictionary<(LocalDate Day, LocalTime Time), LoadCell> Cells { get; init; }

    /// <summary>The first day of the days before; null when there are none.</summary>
    public required LocalDate? Earlier { get; init; }

    /// <summary>The first day of the days after; null when there are none.</summary>
    public required LocalDate? Later { get; init; }

    /// <summary>The load of the slots of a plan.</summary>
    /// <param name="hours">The slots of the plan.</param>
    /// <param name="pool">The pool to show; null for all.</param>
    /// <param name="zone">The zone of days and hours.</param>
    /// <param name="day">A day to show; null for the first days that the plan changes.</param>
    public static LoadView Of(ImmutableArray<PlanHour> hours, PoolId? pool, DateTimeZone zone, LocalDate? day)
    {
        var cells = new Dictionary<(LocalDate Day, LocalTime Time), LoadCell>();
        var changed = default(LocalDate?);
        foreach (var hour in hours.Where(hour => pool is null || hour.Pool == pool))
        {
            var local = hour.Start.InZone(zone);
            var key = (local.Date, local.TimeOfDay);
            cells[key] = cells.GetValueOrDefault(key).With(new(hour.Capacity, hour.Taken, hour.After, hour.Asked));
            if (hour.After != hour.Taken && (changed is null || local.Date < changed))
                changed = local.Date;
        }

        var days = cells.Keys.Select(key => key.Day).Distinct().Order().ToImmutableArray();
        var wanted = day ?? changed;
        var first = wanted is { } date ? Math.Max(0, days.Count(one => one <= date) - 1) / MostDays * MostDays : 0;
        ImmutableArray<LocalDate> shown = [.. days.Skip(first).Take(MostDays)];
        return new()
        {
            Days = shown,
            Times = [.. cells.Keys.Where(key => shown.Contains(key.Day)).Select(key => key.Time).Distinct().Order()],
            Cells = cells.ToImmutableDictionary(),
            Earlier = first > 0 ? days[first - MostDays] : null,
            Later = first + MostDays < days.Length ? days[first + MostDays] : null,
        };
    }
}
