using System.Collections.Immutable;

namespace Scheduler.Ledger;

/// <summary>
/// One change as its grain decided it: guards, deltas of slots and packs, rows, and the record. The ledger writes the whole change, or nothing.
/// </summary>
public sealed record Change
{
    /// <summary>The record that is appended. It serves the audit, the answer to a repeat, and the feed for other silos.</summary>
    public required ChangeRecord Record { get; init; }

    /// <summary>The guard on the institution; null for changes of the operator.</summary>
    public VersionGuard? Guard { get; init; }

    /// <summary>The changes of slots, each slot at most once.</summary>
    public ImmutableArray<SlotDelta> Slots { get; init; } = [];

    /// <summary>The changes of packs, each pack at most once.</summary>
    public ImmutableArray<PackDelta> Packs { get; init; } = [];

    /// <summary>
    /// The entries of a plan that the commit decides and applies; null for any other change. Such a change has no guard, no deltas and no rows of its own: the
    /// commit makes one change of the plan, and one for each entry that is applied.
    /// </summary>
    public PlanApplication? Application { get; init; }

    /// <summary>Rows to write.</summary>
    public ImmutableArray<RowWrite> Rows { get; init; } = [];
}
