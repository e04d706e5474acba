using System.Collections.Concurrent;
using System.Collections.Immutable;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// How many requests of an institution wait, for the bars of every page. A count stays in memory until a request of the institution changes, or a plan is
/// applied, and for a minute at most: time alone ends entries too. So a page costs a reading now and then, and never a call of a grain.
/// </summary>
internal sealed class QueuedCounts : IDisposable
{
    private static readonly Duration _longest = Duration.FromMinutes(1);
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<InstitutionId, (int Count, Instant ReadAt)> _counts = [];
    private readonly SeatLedger _ledger;
    private readonly IClock _clock;
    private readonly IDisposable _subscription;
    private int _changes;

    public QueuedCounts(SeatLedger ledger, IClock clock)
    {
        (_ledger, _clock) = (ledger, clock);
        _subscription = ledger.Feed.Subscribe(Apply);
    }

    /// <summary>How many requests wait; null when the ledger does not say so within a second. The bars are no reason to fail or to delay a page.</summary>
    public async ValueTask<int?> Of(InstitutionId institution, CancellationToken cancellation)
    {
        var now = _clock.GetCurrentInstant();
        if (_counts.TryGetValue(institution, out var known) && now - known.ReadAt < _longest)
            return known.Count;
        var before = Volatile.Read(ref _changes);
        try
        {
            var count = await _ledger.Read.QueuedCount(institution, now, cancellation).WaitAsync(_patience, cancellation);
            // A change during the reading may be missing in the count, so the count is for this page alone.
            if (before == Volatile.Read(ref _changes))
                _counts[institution] = (count, now);
            return count;
        }
        catch (Exception fault) when (fault is LedgerUnreachableException or LedgerBusyException or TimeoutException)
        {
            return null;
        }
    }

    public void Dispose() => _subscription.Dispose();

    private void Apply(ImmutableArray<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Kind == ChangeKind.PlanApplied)
                Forget(_counts.Clear);
            else if (change.Request is { } request)
                Forget(() => _counts.TryRemove(request.Institution, out _));
        }
    }

    private void Forget(Action forget)
    {
        Interlocked.Increment(ref _changes);
        forget();
    }
}
