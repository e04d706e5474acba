using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The plan that the clock makes every night.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record NightlyPlanBody
{
    [Description("The local time at which the plan is made, in zone.")]
    public required MinuteOfDay At { get; init; }

    public required DateTimeZone Zone { get; init; }

    [NullAsLeftOut]
    [MaxLength(Limits.PlanPools)]
    [Description("When left out, all pools that are not retired.")]
    public PoolId[]? Pools { get; init; }

    [Range(1, Limits.PlanDays)]
    [DefaultValue(NightlyPlan.DefaultDays)]
    [Description("The plan decides requests with a candidate that starts less than so many days after the plan's time.")]
    public int? Days { get; init; }

    [Range(1, Limits.PlanSeconds)]
    [DefaultValue(NightlyPlan.DefaultSeconds)]
    public int? TimeLimitSeconds { get; init; }

    [DefaultValue(Api.Movable.None)]
    [Description("flexible: bookings that a plan placed may move within the windows of their requests.")]
    public Movable? Movable { get; init; }

    [DefaultValue(false)]
    [Description("Whether the clock also applies the plan. Otherwise the plan is ready in the morning, and an operator applies it.")]
    public bool? Apply { get; init; }

    /// <summary>Adds the faults of the values that cannot be.</summary>
    public void Check(FieldFaults faults)
    {
        if (At.Minute == MinuteOfDay.Last)
            faults.Add("nightlyPlan.at", "must be a local time such as 02:30, before 24:00");
        if (Pools is { } pools && (pools.Length == 0 || pools.Distinct().Count() < pools.Length))
            faults.Add("nightlyPlan.pools", "must have at least one entry, and no entry twice; leave it out for all pools");
    }

    /// <summary>Adds a fault for each pool that does not exist.</summary>
    public void CheckPools(Catalogue catalogue, FieldFaults faults)
    {
        foreach (var (index, pool) in (Pools ?? []).Index())
        {
            if (!catalogue.Pools.ContainsKey(pool))
                faults.Add($"nightlyPlan.pools[{index}]", $"must be an existing pool; there is no pool '{pool}'");
        }
    }

    public NightlyPlan ToPlan() => new()
    {
        // 24:00 is refused, but the body becomes a policy before that.
        At = LocalTime.FromMinutesSinceMidnight(At.Minute % MinuteOfDay.Last),
        Zone = Zone,
        Pools = [.. Pools ?? []],
        Days = Days ?? NightlyPlan.DefaultDays,
        TimeLimitSeconds = TimeLimitSeconds ?? NightlyPlan.DefaultSeconds,
        MovesBookings = Movable == Api.Movable.Flexible,
        IsApplied = Apply ?? false,
    };
}
