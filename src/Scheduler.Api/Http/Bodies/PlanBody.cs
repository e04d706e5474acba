using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The scope of a plan: the flexible requests with a candidate whose start lies in the range.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record PlanBody : ICheckedBody
{
    public const int DefaultSeconds = 30;

    [NullAsLeftOut]
    [MaxLength(Limits.PlanPools)]
    [Description("When left out, all pools that are not retired.")]
    public PoolId[]? Pools { get; init; }

    public required Instant From { get; init; }

    [Description("Not included in the range.")]
    public required Instant To { get; init; }

    [NullAsLeftOut]
    [Range(1, Limits.PlanSeconds)]
    [DefaultValue(DefaultSeconds)]
    public int? TimeLimitSeconds { get; init; }

    [NullAsLeftOut]
    [DefaultValue(Api.Movable.None)]
    [Description("flexible: bookings that a plan placed may move within the windows of their requests.")]
    public Movable? Movable { get; init; }

    public void Check(FieldFaults faults)
    {
        FieldRange.Check(From, To, faults, Limits.PlanDays);
        if (Pools is [])
            faults.Add("pools", "must have at least one entry; leave it out for all pools");
    }

    /// <summary>The scope; without pools in the body, all pools of the catalogue that are not retired.</summary>
    public PlanScope ToScope(Catalogue catalogue) => new(
        Pools is { } named ? [.. named.Distinct().OrderBy(pool => pool.Text, StringComparer.Ordinal)] : Offered(catalogue),
        From, To, TimeLimitSeconds ?? DefaultSeconds, Movable == Api.Movable.Flexible);

    private static ImmutableArray<PoolId> Offered(Catalogue catalogue) =>
    [
        .. catalogue.Pools.Values.Where(pool => Retirement.Of(pool.Value) is null).Select(pool => pool.Value.Id)
            .OrderBy(pool => pool.Text, StringComparer.Ordinal),
    ];
}
