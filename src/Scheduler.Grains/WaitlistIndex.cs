using System.Collections.Concurrent;
using System.Collections.Immutable;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>This silo's picture of who waits, fed by commits: tells whether freeing seats concerns anybody, so that most changes wake no waitlist.</summary>
internal sealed class WaitlistIndex : IDisposable
{
    private readonly ConcurrentDictionary<(PoolId Pool, int Day), ImmutableDictionary<RequestId, Request>> _days = new();
    private readonly IDisposable _subscription;

    private WaitlistIndex(SeatLedger ledger) => _subscription = ledger.Feed.Subscribe(Hear);

    /// <summary>All that wait.</summary>
    public IEnumerable<Request> Entries => _days.Values.SelectMany(day => day.Values);

    public static async Task<WaitlistIndex> Open(SeatLedger ledger)
    {
        var index = new WaitlistIndex(ledger);
        foreach (var request in await ledger.Read.AllWaiting())
            index.Hear(request);
        return index;
    }

    /// <summary>Days on which somebody waits for one of these slots.</summary>
    public ImmutableArray<(PoolId Pool, int Day)> Waiting(IEnumerable<SlotHour> slots)
    {
        if (_days.IsEmpty)
            return [];
        var days = ImmutableArray.CreateBuilder<(PoolId, int)>();
        foreach (var slot in slots)
        {
            // A block that started late on the day before may reach into this slot.
            var (pool, day) = SlotKey.Day(slot);
            for (var d = day - 1; d <= day; d++)
            {
                if (!days.Contains((pool, d)) && _days.TryGetValue((pool, d), out var entries) && entries.Values.Any(request => request.Covers(slot)))
                    days.Add((pool, d));
            }
        }

        return days.ToImmutable();
    }

    public void Dispose() => _subscription.Dispose();

    private void Hear(ImmutableArray<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            if (change.Request is { } request)
                Hear(request);
        }
    }

    private void Hear(Request request)
    {
        var key = Key(request);
        _days.AddOrUpdate(
            key,
            _ => request.Status == RequestStatus.Queued ? ImmutableDictionary<RequestId, Request>.Empty.Add(request.Id, request) : ImmutableDictionary<RequestId, Request>.Empty,
            (_, entries) => request.Status == RequestStatus.Queued ? entries.SetItem(request.Id, request) : entries.Remove(request.Id));
        if (_days.TryGetValue(key, out var left) && left.IsEmpty)
            _days.TryRemove(new(key, left));
    }

    /// <summary>The waitlist in which a request waits.</summary>
    public static (PoolId Pool, int Day) Key(Request request) => SlotKey.Day(new(request.Pool, SlotMinutes.Of(request.PreferredStart)));
}

/// <summary>Wakes waitlists.</summary>
internal sealed class WaitlistRounds(IGrainFactory grains, WaitlistIndex index)
{
    /// <summary>Days on which somebody waits for one of these slots.</summary>
    public ImmutableArray<(PoolId Pool, int Day)> Waiting(IEnumerable<SlotHour> slots) => index.Waiting(slots);

    /// <summary>Runs the rounds of these days, side by side.</summary>
    public Task Run(IEnumerable<(PoolId Pool, int Day)> days) => Task.WhenAll(days.Select(day => grains.GetGrain<IWaitlistGrain>(SlotKey.Of(day)).Round()));
}
