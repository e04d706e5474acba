using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>Sends committed changes to listeners: own changes right after their commit, changes of other processes after they are read.</summary>
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

    /// <summary>Whether other processes' changes were read within the last second; always true on SQLite, which has one process only.</summary>
    public bool IsFresh => Others is not { IsFresh: false };

    /// <summary>How long ago other processes' changes were read; zero on SQLite, which has one process only.</summary>
    public TimeSpan Age => Others?.Age ?? TimeSpan.Zero;

    internal IFeedSource? Others { get; set; }

    /// <summary>
    /// Calls <paramref name="listener"/> with every batch of changes from now on, until disposed; one call at a time. For own changes the call is synchronous,
    /// before the picture shows the changes and before the callers get their answers: a listener must be quick and must not throw.
    /// </summary>
    public IDisposable Subscribe(Action<ImmutableArray<FeedChange>> listener)
    {
        lock (_publish)
            _listeners = _listeners.Add(listener);
        return new Subscription(this, listener);
    }

    /// <summary>
    /// Reads other processes' changes now; concurrent callers share one reading. Afterwards the picture and the listeners have received all changes that other
    /// processes committed before the call. Own commits are in the picture before their callers get their answers.
    /// </summary>
    /// <exception cref="LedgerUnreachableException">The database does not answer.</exception>
    public Task Refresh(CancellationToken cancellation) => Others is { } others ? others.Refresh().WaitAsync(cancellation) : Task.CompletedTask;

    internal void PublishOwn(BatchNet net, Written written, bool isAnswered)
    {
        // A swept hold and a capacity may change the same slot in one batch; then the last written value is used.
        var after = new Dictionary<SlotHour, SlotSeats>(written.Slots.Length);
        foreach (var seats in written.Slots)
            after[seats.Slot] = seats;
        var changes = ImmutableArray.CreateBuilder<FeedChange>(net.Changes.Count);
        foreach (var prepared in net.Changes)
        {
            var change = prepared.Change;
            var capacity = change.Rows.OfType<RowWrite.CapacitySet>().FirstOrDefault();
            changes.Add(new()
            {
                Kind = change.Record.Kind,
                Subject = change.Record.Subject,
                Institution = change.Record.Institution,
                Slots = capacity is null ? [.. change.Slots.Select(delta => after[delta.Slot])] : written.Slots,
                WholePool = capacity?.Pool,
                // No caller updates the memory of the institutions that a plan touches: they read the ledger again.
                IsOwn = isAnswered && !prepared.IsOfPlan,
                TouchesCatalogue = Touched.IsOfCatalogue(change),
                ActsOnBookings = Touched.ActsOnBookings(change),
                Request = RequestOf(change, written),
            });
        }

        Publish(written.Slots, changes.MoveToImmutable());
        Others?.NotifyOthers();
    }

    internal void Publish(ImmutableArray<SlotSeats> slots, ImmutableArray<FeedChange> changes)
    {
        lock (_publish)
        {
            // The listeners come first: whoever sees freed seats in the picture must already find the waitlist round that offers the seats.
            if (!changes.IsEmpty)
                CallListeners(changes);
            _picture.Apply(slots.AsSpan());
        }
    }

    private void CallListeners(ImmutableArray<FeedChange> changes)
    {
        foreach (var listener in _listeners)
        {
            try
            {
                listener(changes);
            }
            catch (Exception exception)
            {
                // The changes are on disk. An exception of a listener must neither change the callers' outcomes nor stop the committer.
                _log.LogError(exception, "A listener of the change feed threw an exception");
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
