using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Api;

/// <summary>The days of one pool.</summary>
internal sealed record PoolDaysView
{
    public required PoolId Pool { get; init; }

    [Description("Whether the pool serves the exam of the need; true without a need.")]
    public required bool ServesExam { get; init; }

    public required ImmutableArray<PoolDayView> Days { get; init; }
}
