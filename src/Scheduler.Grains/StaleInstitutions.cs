using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// The stale marks of this silo's institutions. A commit of another process sets the institution's mark. A commit that a grain of this silo asked for does not
/// set the mark, since the grain knows the change. An operator's act on bookings of any institution sets all marks. An unnecessary mark only costs one reading.
/// A missing mark only costs a refused commit; no seat is promised twice.
/// </summary>
internal sealed class StaleInstitutions : IDisposable
{
    private readonly ConcurrentDictionary<InstitutionId, StaleMark> _marks = new();
    private readonly IDisposable _subscription;

    public StaleInstitutions(SeatLedger ledger) => _subscription = ledger.Feed.Subscribe(Mark);

    public StaleMark Watch(InstitutionId institution) => _marks[institution] = new();

    public void Unwatch(InstitutionId institution, StaleMark mark) => _marks.TryRemove(new(institution, mark));

    public void Dispose() => _subscription.Dispose();

    private void MarkAll()
    {
        foreach (var mark in _marks.Values)
            mark.Set();
    }

    private void Mark(ImmutableArray<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.ActsOnBookings)
                MarkAll();
            else if (!change.IsOwn && change.Institution is { } institution && _marks.TryGetValue(institution, out var mark))
                mark.Set();
        }
    }
}
