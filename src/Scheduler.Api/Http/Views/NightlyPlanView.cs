using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The plan that the clock makes every night, as a body may send it again.</summary>
internal sealed record NightlyPlanView
{
    public required MinuteOfDay At { get; init; }

    public required DateTimeZone Zone { get; init; }

    public required ImmutableArray<PoolId>? Pools { get; init; }

    public required int Days { get; init; }

    public required int TimeLimitSeconds { get; init; }

    public required Movable Movable { get; init; }

    public required bool Apply { get; init; }

    public static NightlyPlanView Of(NightlyPlan plan) => new()
    {
        At = new((plan.At.Hour * 60) + plan.At.Minute),
        Zone = plan.Zone,
        Pools = plan.Pools.IsDefaultOrEmpty ? null : plan.Pools,
        Days = plan.Days,
        TimeLimitSeconds = plan.TimeLimitSeconds,
        Movable = plan.MovesBookings ? Movable.Flexible : Movable.None,
        Apply = plan.IsApplied,
    };
}
