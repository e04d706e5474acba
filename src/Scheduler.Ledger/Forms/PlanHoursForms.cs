using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Converts the slots of a plan to their storage form and back. A pool has one form, so that the file stays small.</summary>
internal static class PlanHoursForms
{
    public static PlanHoursForm[] Of(ImmutableArray<PlanHour> hours) =>
    [
        .. hours.GroupBy(hour => hour.Pool).Select(pool => new PlanHoursForm
        {
            Pool = pool.Key.Text,
            Starts = [.. pool.Select(hour => SlotMinutes.Of(hour.Start))],
            Capacity = [.. pool.Select(hour => hour.Capacity)],
            Taken = [.. pool.Select(hour => hour.Taken)],
            After = [.. pool.Select(hour => hour.After)],
            Asked = [.. pool.Select(hour => hour.Asked)],
        }),
    ];

    public static ImmutableArray<PlanHour> Read(PlanHoursForm[] forms) =>
    [
        .. forms.SelectMany(pool => pool.Starts.Select((start, k) => new PlanHour(
            PoolId.Of(pool.Pool), SlotMinutes.ToInstant(start), pool.Capacity[k], pool.Taken[k], pool.After[k], pool.Asked[k]))),
    ];
}
