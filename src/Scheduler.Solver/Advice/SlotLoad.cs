using NodaTime;

namespace Scheduler.Solver;

/// <summary>Seats in use in one slot under three plans.</summary>
/// <param name="Pool">Id of the pool.</param>
/// <param name="Start">Start of the slot.</param>
/// <param name="Capacity">Seats offered; 0 in a slot that the pool does not list.</param>
/// <param name="Today">Seats in use today.</param>
/// <param name="FirstComeFirstServed">Seats in use under first come first served.</param>
/// <param name="Plan">Seats in use under the plan.</param>
public readonly record struct SlotLoad(string Pool, Instant Start, int Capacity, long Today, long FirstComeFirstServed, long Plan)
{
    /// <summary>The same summed up by pool and local day, in the order of pools and days. A day's start is that of its first slot.</summary>
    /// <param name="slots">The slots of a comparison.</param>
    /// <param name="zoneOf">The time zone of a pool.</param>
    public static IReadOnlyList<(LocalDate Day, SlotLoad Load)> ByDay(IEnumerable<SlotLoad> slots, Func<string, DateTimeZone> zoneOf) =>
    [
        .. slots.GroupBy(slot => (slot.Pool, Day: slot.Start.InZone(zoneOf(slot.Pool)).Date)).Select(day => (day.Key.Day, new SlotLoad(
            day.Key.Pool, day.Min(slot => slot.Start), day.Sum(slot => slot.Capacity), day.Sum(slot => slot.Today),
            day.Sum(slot => slot.FirstComeFirstServed), day.Sum(slot => slot.Plan)))),
    ];
}
