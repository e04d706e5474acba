using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A plan as the ledger stores it, without its files.</summary>
public sealed record PlanRow
{
    /// <summary>The id.</summary>
    public required PlanId Id { get; init; }

    /// <summary>Running, ready, applied, failed or cancelled.</summary>
    public required PlanStatus Status { get; init; }

    /// <summary>What the plan decides.</summary>
    public required PlanScope Scope { get; init; }

    /// <summary>The id of the principal who asked for the plan.</summary>
    public required string MadeBy { get; init; }

    /// <summary>When the plan was asked for.</summary>
    public required Instant MadeAt { get; init; }

    /// <summary>When the run ended; null while the run goes on.</summary>
    public Instant? EndedAt { get; init; }

    /// <summary>Why the plan failed; null for a plan that did not fail.</summary>
    public string? Cause { get; init; }

    /// <summary>
    /// The number of parts in which the plan's entries are applied, each in one transaction, as far as this is known: each part that is applied says how many
    /// there are. 0 before the first part.
    /// </summary>
    public int Parts { get; init; }

    /// <summary>The number of parts that were applied. The parts are applied in their order.</summary>
    public int PartsApplied { get; init; }

    /// <summary>The number of entries that were applied.</summary>
    public int Applied { get; init; }

    /// <summary>The entries of applied parts that were stale.</summary>
    public ImmutableArray<StaleEntry> Stale { get; init; } = [];

    /// <summary>The numbers of the entries that were applied or were stale, as <see cref="EntryNumbers"/> writes them.</summary>
    public string Decided { get; init; } = "";

    /// <summary>The version: 1 when the plan is made, one more with every change.</summary>
    public int Version { get; init; } = 1;
}
