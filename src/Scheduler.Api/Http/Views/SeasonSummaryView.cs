using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The days of all offered pools.</summary>
internal sealed record SeasonSummaryView
{
    [Description("The institution's zone, whose dates are counted; for an operator who names no institution UTC.")]
    public required DateTimeZone Zone { get; init; }

    public required ImmutableArray<PoolDaysView> Pools { get; init; }
}
