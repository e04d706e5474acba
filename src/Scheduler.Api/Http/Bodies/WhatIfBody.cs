using System.Collections.Immutable;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;

namespace Scheduler.Api;

/// <summary>The scope of a plan, and changes that are tried and not kept.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
internal sealed record WhatIfBody : ICheckedBody
{
    [NullAsLeftOut]
    [MaxLength(Limits.PlanPools)]
    [Description("When left out, all pools that are not retired.")]
    public PoolId[]? Pools { get; init; }

    public required Instant From { get; init; }

    [Description("Not included in the range.")]
    public required Instant To { get; init; }

    [NullAsLeftOut]
    [Range(1, Limits.PlanSeconds)]
    [DefaultValue(PlanBody.DefaultSeconds)]
    public int? TimeLimitSeconds { get; init; }

    [NullAsLeftOut]
    [DefaultValue(Api.Movable.None)]
    [Description("flexible: bookings that a plan placed may move within the windows of their requests.")]
    public Movable? Movable { get; init; }

    [NullAsLeftOut]
    [MaxLength(Limits.RaisedRanges)]
    [Description("Seats added to each slot that begins in the range; negative to take seats away.")]
    public CapacityChangeBody[]? Capacity { get; init; }

    [NullAsLeftOut]
    [MaxLength(Limits.WhatIfSeasons)]
    [Description("Other lead times and fair shares of seasons. A plan is not bound by fair shares, so a change of a share changes nothing.")]
    public SeasonChangeBody[]? Seasons { get; init; }

    [NullAsLeftOut]
    [Description("An earlier plan to start from. The answer comes sooner.")]
    public PlanId? Plan { get; init; }

    public void Check(FieldFaults faults)
    {
        Scope.Check(faults);
        foreach (var (index, change) in (Capacity ?? []).Index())
        {
            change.Check($"capacity[{index}]", faults);
            if (Pools is { } named && !named.Contains(change.Pool))
                faults.Add($"capacity[{index}].pool", "must be one of pools");
        }

        foreach (var (index, change) in (Seasons ?? []).Index())
            change.Check($"seasons[{index}]", faults);
    }

    /// <summary>The scope.</summary>
    public PlanScope ToScope(Catalogue catalogue) => Scope.ToScope(catalogue);

    /// <summary>The refusal of a pool or season that the catalogue does not have, or of a retired pool; null without one.</summary>
    public ApiProblem? Unknown(Catalogue catalogue) =>
        PoolProblems.Of((Pools ?? []).Concat((Capacity ?? []).Select(change => change.Pool)), catalogue)
        ?? ((Seasons ?? []).All(change => catalogue.Seasons.ContainsKey(change.Season)) ? null : ApiProblem.NotFound());

    /// <summary>The changes.</summary>
    public WhatIfChanges ToChanges() => new(
        [.. (Capacity ?? []).Select(change => (change.Pool, change.From, change.To, change.Add))],
        (Seasons ?? []).Where(change => change.LeadTimeDays is not null).GroupBy(change => change.Season)
            .ToImmutableDictionary(changes => changes.Key, changes => changes.Last().LeadTimeDays!.Value));

    private PlanBody Scope => new() { Pools = Pools, From = From, To = To, TimeLimitSeconds = TimeLimitSeconds, Movable = Movable };
}
