using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Grains;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A plan.</summary>
internal sealed record PlanView
{
    public required Guid Id { get; init; }

    public required PlanStatus Status { get; init; }

    [Description("The finished share of the run, from 0 to 1; 1 for a plan that is ready or applied.")]
    public required double Progress { get; init; }

    public required ImmutableArray<PoolId> Pools { get; init; }

    public required Instant From { get; init; }

    [Description("Not included in the range.")]
    public required Instant To { get; init; }

    public required int TimeLimitSeconds { get; init; }

    public required Movable Movable { get; init; }

    [Description("The name of the person or of the API key that made the plan; the season clock's plans are made by Scheduler's clock.")]
    public required string MadeBy { get; init; }

    public required Instant MadeAt { get; init; }

    [Description("When the run ended; null while the plan runs.")]
    public required Instant? EndedAt { get; init; }

    [Description("Why the plan failed; null for a plan that did not fail.")]
    public required PlanCauseView? Cause { get; init; }

    [Description("The transactions in which the plan is applied, as far as this is known; 0 before the first one.")]
    public required int Parts { get; init; }

    [Description("Those of them that are done. An application that was interrupted leaves the plan ready; the next call goes on.")]
    public required int PartsApplied { get; init; }

    [Description("Placements and moves that were applied so far.")]
    public required int Applied { get; init; }

    [Description("The number of placements and moves that were not applied because they were stale, so far.")]
    public required int Stale { get; init; }

    [Description("What the plan proposes; null in a list, and for a plan without a result.")]
    public required PlanResultView? Result { get; init; }

    [Description("The number in the ETag.")]
    public required int Version { get; init; }

    public static PlanView Of(PlanRow plan, Author madeBy, PlanProgress progress = default, PlanResultView? result = null) => new()
    {
        Id = plan.Id.Value,
        Status = plan.Status,
        Progress = ShownProgress(plan, progress),
        Pools = plan.Scope.Pools,
        From = plan.Scope.From,
        To = plan.Scope.To,
        TimeLimitSeconds = plan.Scope.TimeLimitSeconds,
        Movable = plan.Scope.MovesBookings ? Movable.Flexible : Movable.None,
        MadeBy = madeBy.Name,
        MadeAt = plan.MadeAt,
        EndedAt = plan.EndedAt,
        Cause = plan.Cause is { } cause ? PlanCauseView.Of(PlanCause.Parse(cause)) : null,
        Parts = plan.Parts,
        PartsApplied = plan.PartsApplied,
        Applied = plan.Applied,
        Stale = plan.Stale.Length,
        Result = result,
        Version = plan.Version,
    };

    /// <summary>The finished share of a run as it is shown.</summary>
    public static double ShownProgress(PlanRow plan, PlanProgress progress) =>
        plan.Status is PlanStatus.Ready or PlanStatus.Applied ? 1 : Math.Round(progress.Share, 3);
}
