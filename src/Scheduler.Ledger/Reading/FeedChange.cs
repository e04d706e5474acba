using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>One committed change, as listeners receive it.</summary>
public sealed record FeedChange
{
    /// <summary>What happened; <see cref="ChangeKind.HoldLapsed"/> for a hold that a commit swept after its expiry.</summary>
    public required ChangeKind Kind { get; init; }

    /// <summary>The id of the changed subject.</summary>
    public required string Subject { get; init; }

    /// <summary>The institution concerned; null for changes of the operator.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>
    /// The changed slots, with their values after this change or after a later change. The values are absolute, so a listener may receive them twice.
    /// </summary>
    public ImmutableArray<SlotSeats> Slots { get; init; } = [];

    /// <summary>The pool whose capacity was set.</summary>
    public PoolId? WholePool { get; init; }

    /// <summary>
    /// Whether this ledger's own committers wrote the change and answer its caller with <see cref="CommitOutcome.Committed"/>. Then the caller updates its own
    /// memory.
    /// </summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether the catalogue changed.</summary>
    public bool TouchesCatalogue { get; init; }

    /// <summary>Whether the change may have recorded an operator's act on bookings of any institution.</summary>
    public bool ActsOnBookings { get; init; }

    /// <summary>The request that the change made or changed; null without one.</summary>
    public Request? Request { get; init; }
}
