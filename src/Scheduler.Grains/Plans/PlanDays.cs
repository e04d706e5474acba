using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>The load of the pools on each local day.</summary>
internal static class PlanDays
{
    /// <summary>The load of each pool and day, over the slots that begin in the scope; by pool and day.</summary>
    public static ImmutableArray<PlanDay> Of(SeasonCut cut, PlanScope scope) =>
    [
        .. cut.Slots.Where(slot => slot.Slot.Start < scope.To)
            .GroupBy(slot => (slot.Slot.Pool, Day: slot.Slot.Start.InZone(cut.Catalogue.ZoneOf(slot.Slot.Pool)).Date))
            .Select(day => new PlanDay(
                day.Key.Pool, day.Key.Day, day.Sum(slot => (long)slot.Capacity), day.Sum(slot => (long)slot.Booked + slot.Held)))
            .OrderBy(day => day.Pool.Text, StringComparer.Ordinal).ThenBy(day => day.Day),
    ];
}
