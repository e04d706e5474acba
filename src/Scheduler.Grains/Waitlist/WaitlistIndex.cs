using System.Collections.Concurrent;
using System.Collections.Immutable;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// This silo's copy of the waitlist entries (flexible requests are not among them); the feed of commits keeps the copy up to date. The index shows whether a
/// slot has a waitlist entry, so most changes need no call to a waitlist grain.
/// </summary>
internal sealed class WaitlistIndex : IDisposable
{
    private readonly ConcurrentDictionary<RequestId, Request> _entries = new();
    private readonly ConcurrentDictionary<SlotHour, int> _entriesBySlot = new();
    private readonly Lock _writing = new();
    private readonly IDisposable _subscription;
    private HashSet<RequestId>? _changedWhileReading = [];

    private WaitlistIndex(SeatLedger ledger) => _subscription = ledger.Feed.Subscribe(Apply);

    /// <summary>All queued entries.</summary>
    public IEnumerable<Request> Entries => _entries.Values;

    /// <summary>Whether there is no queued entry.</summary>
    public bool IsEmpty => _entriesBySlot.IsEmpty;

    /// <summary>Whether a queued entry's block contains this slot.</summary>
    public bool IsWaitedFor(SlotHour slot) => _entriesBySlot.ContainsKey(slot);

    /// <summary>An institution's entries, by weight and then age.</summary>
    public IEnumerable<Request> Of(InstitutionId institution) =>
        Entries.Where(request => request.Institution == institution).OrderByDescending(request => request.Weight).ThenBy(request => request.Sequence);

    public static async Task<WaitlistIndex> Open(SeatLedger ledger)
    {
        var index = Following(ledger);
        index.Fill(await ledger.Read.AllQueuedRequests(CancellationToken.None));
        return index;
    }

    /// <summary>An index that follows the commits from now on. <see cref="Fill"/> adds the entries from before.</summary>
    internal static WaitlistIndex Following(SeatLedger ledger) => new(ledger);

    /// <summary>Adds the entries that were read. An entry that a commit changed during the reading keeps the values of the commit, which are newer.</summary>
    internal void Fill(ImmutableArray<Request> waiting)
    {
        lock (_writing)
        {
            foreach (var request in waiting)
            {
                if (!_changedWhileReading!.Contains(request.Id))
                    Put(request);
                else if (_entries.TryGetValue(request.Id, out var known) && known.Sequence == 0)
                    Put(known with { Sequence = request.Sequence });
            }

            _changedWhileReading = null;
        }
    }

    public void Dispose() => _subscription.Dispose();

    private void Apply(ImmutableArray<FeedChange> changes)
    {
        lock (_writing)
        {
            foreach (var change in changes)
            {
                if (change.Request is not { IsFlexible: false } request)
                    continue;
                _changedWhileReading?.Add(request.Id);
                Put(request);
            }
        }
    }

    private void Put(Request request)
    {
        var isKnown = _entries.TryGetValue(request.Id, out var known);
        if (request.Status != RequestStatus.Queued)
        {
            if (_entries.TryRemove(request.Id, out var gone))
                Count(gone, -1);
            return;
        }

        // Only the ledger gives a sequence. A change soon after the entry was made may not have the sequence yet.
        _entries[request.Id] = request.Sequence == 0 && isKnown ? request with { Sequence = known!.Sequence } : request;
        if (isKnown && known!.PreferredStart == request.PreferredStart && known.Profile.Slots == request.Profile.Slots)
            return;
        // Of an entry that got another block, the new slots are counted first: until then the old slots have an entry.
        Count(request, 1);
        if (isKnown)
            Count(known!, -1);
    }

    private void Count(Request request, int sign)
    {
        for (var k = 0; k < request.Profile.Slots; k++)
        {
            var slot = request.Slot(k);
            var count = _entriesBySlot.GetValueOrDefault(slot) + sign;
            if (count == 0)
                _entriesBySlot.TryRemove(slot, out _);
            else
                _entriesBySlot[slot] = count;
        }
    }
}
