using System.Collections.Immutable;
using System.ComponentModel;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>A plan in the record of changes: its scope and its state, without its result.</summary>
internal sealed record PlanRecordView
{
    public required Guid Id { get; init; }

    public required string Status { get; init; }

    public required ImmutableArray<PoolId> Pools { get; init; }

    public required Instant From { get; init; }

    public required Instant To { get; init; }

    public required string Movable { get; init; }

    [Description("Why the plan failed; null for a plan that did not fail.")]
    public required string? Cause { get; init; }

    [Description("Placements and moves that were applied so far.")]
    public required int Applied { get; init; }

    [Description("Placements and moves that were not applied because they were stale, so far.")]
    public required int Stale { get; init; }

    public static PlanRecordView Of(PlanRow plan) => new()
    {
        Id = plan.Id.Value,
        Status = plan.Status switch
        {
            PlanStatus.Running => "running",
            PlanStatus.Ready => "ready",
            PlanStatus.Applied => "applied",
            PlanStatus.Failed => "failed",
            _ => "cancelled",
        },
        Pools = plan.Scope.Pools,
        From = plan.Scope.From,
        To = plan.Scope.To,
        Movable = plan.Scope.MovesBookings ? "flexible" : "none",
        Cause = plan.Cause,
        Applied = plan.Applied,
        Stale = plan.Stale.Length,
    };
}
