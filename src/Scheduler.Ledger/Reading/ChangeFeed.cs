using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
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
    /// <summary>What happened. A hold that was swept after its time shows as <c>hold_lapsed</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>What it happened to.</summary>
    public required string Subject { get; init; }

    /// <summary>The institution concerned; null for the operator's things.</summary>
    public InstitutionId? Institution { get; init; }

    /// <summary>Slots touched, with their values after it or later ones: absolute, so that hearing twice does no harm.</summary>
    public ImmutableArray<SlotSeats> Slots { get; init; } = [];

    /// <summary>The pool whose capacity was set.</summary>
    public PoolId? WholePool { get; init; }

    /// <summary>Whether this ledger's own committers made it, and whoever asked for it hears so: then he puts it into his memory himself.</summary>
    public bool IsOwn { get; init; }

    /// <summary>Whether the catalogue changed.</summary>
    public bool TouchesCatalogue { get; init; }

    /// <summary>The request it made or changed, if any.</summary>
    public Request? Request { get; init; }
}

/// <summary>Where other committers' changes come from.</summary>
internal interface IFeedSource
{
    /// <summary>Whether they were read within the last second.</summary>
    bool IsFresh { get; }

    /// <summary>Reads them now.</summary>
    Task Refresh();

    /// <summary>Own changes were committed: other silos are to look.</summary>
    void OwnNews();
}

/// <summary>Tells listeners what was committed: own changes right after their commit, those of other committers as they are read.</summary>
public sealed class ChangeFeed
{
    private readonly SeasonPicture _picture;
    private readonly ILogger _log;
    private readonly Lock _publish = new();
    private ImmutableArray<Action<ImmutableArray<FeedChange>>> _listeners = [];

    internal ChangeFeed(SeasonPicture picture, ILogger log)
    {
        _picture = picture;
        _log = log;
    }

    /// <summary>Whether other committers' changes were read within the last second; always true on SQLite, which has none.</summary>
    public bool IsFresh => Others is not { IsFresh: false };

    internal IFeedSource? Others { get; set; }

    /// <summary>
    /// Calls <paramref name="listener"/> with every batch of changes from now on, until disposed; one call at a time. Own changes come synchronously, before their callers are
    /// answered: a listener must be quick and must not throw.
    /// </summary>
    public IDisposable Subscribe(Action<ImmutableArray<FeedChange>> listener)
    {
        lock (_publish)
            _listeners = _listeners.Add(listener);
        return new Subscription(this, listener);
    }

    /// <summary>Reads other committers' changes now; callers that ask at once share one reading. When it returns, listeners have heard all that was committed before the call.</summary>
    public Task Refresh() => Others?.Refresh() ?? Task.CompletedTask;

    internal void PublishOwn(BatchNet net, Written written, bool isAnswered)
    {
        // A swept hold and a capacity may touch one slot in one batch: what was written last stands.
        var after = new Dictionary<SlotHour, SlotSeats>(written.Slots.Length);
        foreach (var seats in written.Slots)
            after[seats.Slot] = seats;
        var changes = ImmutableArray.CreateBuilder<FeedChange>(net.Changes.Count);
        foreach (var change in net.Changes)
        {
            var capacity = change.Rows.OfType<RowWrite.CapacitySet>().FirstOrDefault();
            changes.Add(new()
            {
                Kind = change.Record.Kind,
                Subject = change.Record.Subject,
                Institution = change.Record.Institution,
                Slots = capacity is null ? [.. change.Slots.Select(delta => after[delta.Slot])] : written.Slots,
                WholePool = capacity?.Pool,
                IsOwn = isAnswered,
                TouchesCatalogue = Touched.IsOfCatalogue(change),
                Request = RequestOf(change, written),
            });
        }

        Publish(written.Slots, changes.MoveToImmutable());
        Others?.OwnNews();
    }

    internal void Publish(ImmutableArray<SlotSeats> slots, ImmutableArray<FeedChange> changes)
    {
        lock (_publish)
        {
            _picture.Apply(slots.AsSpan());
            if (changes.IsEmpty)
                return;
            foreach (var listener in _listeners)
            {
                try
                {
                    listener(changes);
                }
                catch (Exception exception)
                {
                    // The changes are on disk: a listener's fault must neither hide that from callers nor stop the committer.
                    _log.LogError(exception, "A listener to the ledger's changes failed");
                }
            }
        }
    }

    private static Request? RequestOf(Change change, Written written)
    {
        foreach (var row in change.Rows)
        {
            if (row is RowWrite.RequestMade made)
                return made.Request with { Sequence = written.RequestSequences[made.Request.Id] };
            if (row is RowWrite.RequestChanged changed)
                return changed.Request;
        }

        return null;
    }

    private sealed class Subscription(ChangeFeed feed, Action<ImmutableArray<FeedChange>> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (feed._publish)
                feed._listeners = feed._listeners.Remove(listener);
        }
    }
}
