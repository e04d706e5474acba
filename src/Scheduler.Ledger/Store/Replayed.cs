using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>The result of a batch: a refusal for each change, null for a written change.</summary>
internal sealed record Replayed(ImmutableArray<CommitOutcome?> Refusals, BatchNet Accepted, Written? Written)
{
    /// <summary>All changes that were decided, including refused changes.</summary>
    public IReadOnlyList<PreparedChange> All { get; init; } = Accepted.Changes;

    /// <summary>What became of the entries of the plan that the batch applies; null without one.</summary>
    public PlanApplied? Applied { get; init; }

    /// <summary>A batch without a refusal.</summary>
    public static Replayed Whole(BatchNet net, Written? written) => new(ImmutableArray.Create(new CommitOutcome?[net.Changes.Count]), net, written);
}
