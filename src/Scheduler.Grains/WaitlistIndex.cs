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
    private readonly Lock _writing = new();
    private readonly IDisposable _subscription;
    private HashSet<RequestId>? _heardWhileReading = [];

    private WaitlistIndex(SeatLedger ledger) => _subscription = ledger.Feed.Subscribe(Hear);

    /// <summary>All that wait.</summary>
    public IEnumerable<Request> Entries => _days.Values.SelectMany(day => day.Values);

    /// <summary>Whether nobody waits.</summary>
    public bool IsEmpty => _days.IsEmpty;

    /// <summary>An institution's entries, by weight and then age.</summary>
    public IEnumerable<Request> Of(InstitutionId institution) =>
        Entries.Where(request => request.Institution == institution).OrderByDescending(request => request.Weight).ThenBy(request => request.Sequence);

    public static async Task<WaitlistIndex> Open(SeatLedger ledger)
    {
        var index = Listening(ledger);
        index.Fill(await ledger.Read.AllWaiting());
        return index;
    }

    /// <summary>One that hears of changes from now on, and is to be filled with those who wait already.</summary>
    internal static WaitlistIndex Listening(SeatLedger ledger) => new(ledger);

    /// <summary>Puts in what was read after the listening began. What was heard of meanwhile is the later word: nobody who has left comes back by it.</summary>
    internal void Fill(ImmutableArray<Request> waiting)
    {
        lock (_writing)
        {
            foreach (var request in waiting)
            {
                if (!_heardWhileReading!.Contains(request.Id))
                    Put(request);
                else if (_days.TryGetValue(Key(request), out var day) && day.TryGetValue(request.Id, out var known) && known.Sequence == 0)
                    Put(known with { Sequence = request.Sequence });
            }

            _heardWhileReading = null;
        }
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
        lock (_writing)
        {
            foreach (var change in changes)
            {
                if (change.Request is not { } request)
                    continue;
                _heardWhileReading?.Add(request.Id);
                Put(request);
            }
        }
    }

    private void Put(Request request)
    {
        // One writes at a time; readers see one immutable day or the next.
        var key = Key(request);
        var day = _days.GetValueOrDefault(key, ImmutableDictionary<RequestId, Request>.Empty);
        if (request.Status != RequestStatus.Queued)
            day = day.Remove(request.Id);
        else
            // Only the ledger gives a place in time; who changes an entry right after it was made may not know it yet.
            day = day.SetItem(request.Id, request.Sequence == 0 && day.TryGetValue(request.Id, out var known) ? request with { Sequence = known.Sequence } : request);
        if (day.IsEmpty)
            _days.TryRemove(key, out _);
        else
            _days[key] = day;
    }

    /// <summary>The waitlist in which a request waits.</summary>
    public static (PoolId Pool, int Day) Key(Request request) => SlotKey.Day(new(request.Pool, SlotMinutes.Of(request.PreferredStart)));
}
