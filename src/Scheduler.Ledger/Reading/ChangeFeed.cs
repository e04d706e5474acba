using System.Collections.Immutable;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>A slot's values after a change.</summary>
/// <param name="Slot">The slot.</param>
/// <param name="Capacity">Seats offered.</param>
/// <param name="Taken">Seats booked and held.</param>
public readonly record struct SlotSeats(SlotHour Slot, int Capacity, int Taken)
{
    /// <summary>Rises with every change of the slot: of two values the higher is the later.</summary>
    public int Version { get; init; }
}

/// <summary>One committed change, as listeners hear of it.</summary>
public sealed record FeedChange
{
    /// <summary>What happened.</summary>
    public required string Kind { get; init; }

    /// <summary>What it happened to.</summary>
    public required string Subject { get; init; }

    /// <summary>The institution concerned; null for the operator's things.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>Slots touched, with their values after it: absolute, so that hearing twice does no harm.</summary>
    public ImmutableArray<SlotSeats> Slots { get; init; } = [];

    /// <summary>The pool whose capacity was set.</summary>
    public PoolId? WholePool { get; init; }

    /// <summary>Whether this ledger's own committers made it.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether the catalogue changed.</summary>
    public bool TouchesCatalogue { get; init; }

    /// <summary>The request it made or changed, if any.</summary>
    public Request? Request { get; init; }
}

/// <summary>Tells listeners what was committed: own changes right after their commit, those of other committers as they are read.</summary>
public sealed class ChangeFeed
{
    /// <summary>Whether other committers' changes were read within the last second; always true on SQLite, which has none.</summary>
    public bool IsFresh => throw new NotImplementedException();

    /// <summary>
    /// Calls <paramref name="listener"/> with every batch of changes from now on, until disposed. Own changes come synchronously before their callers are answered: a listener must be quick and must not throw.
    /// </summary>
    public IDisposable Subscribe(Action<ImmutableArray<FeedChange>> listener) => throw new NotImplementedException();

    /// <summary>Reads other committers' changes now; callers that ask at once share one reading. When it returns, listeners have heard all that was committed before the call.</summary>
    public Task Refresh() => throw new NotImplementedException();
}
