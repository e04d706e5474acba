using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// This silo's copy of the catalogue. The catalogue grain puts its own changes in before it answers; other silos' arrive with the feed. Reading is one volatile read.
/// </summary>
public sealed class CatalogueCopy : IDisposable
{
    private readonly SeatLedger _ledger;
    private readonly Lock _lock = new();
    private readonly IDisposable _subscription;
    private Catalogue _current;
    private Task _reading = Task.CompletedTask;
    private Task? _next;
    private long _changes;
    private int _heard;
    private int _read;

    private CatalogueCopy(SeatLedger ledger, Catalogue current)
    {
        _ledger = ledger;
        _current = current;
        _subscription = ledger.Feed.Subscribe(Hear);
    }

    /// <summary>The catalogue as this silo knows it.</summary>
    public Catalogue Current => Volatile.Read(ref _current);

    /// <summary>Reads the whole catalogue and follows it from then on.</summary>
    public static async Task<CatalogueCopy> Open(SeatLedger ledger)
    {
        var copy = new CatalogueCopy(ledger, await ledger.Read.Catalogue());
        // Whatever was committed between the reading and the subscription is read again here.
        if (ledger.IsShared)
            await copy.Refresh();
        return copy;
    }

    /// <summary>Reads the whole catalogue again, by a reading that begins after this call; callers that ask meanwhile share it.</summary>
    public Task Refresh()
    {
        lock (_lock)
        {
            if (_reading.IsCompleted)
                return _reading = Load();
            return _next ??= LoadAfter(_reading);
        }
    }

    /// <summary>Waits until everything that the feed has told of was read, also what could not be read when it was told.</summary>
    internal async Task CatchUp()
    {
        Task reading;
        lock (_lock)
            reading = _next ?? _reading;
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (Volatile.Read(ref _read) != Volatile.Read(ref _heard))
            await Refresh();
    }

    /// <summary>
    /// Whether <paramref name="seen"/> is older than what was committed before this call, wherever: then a "no" that was decided on it is decided again. Another silo may have
    /// acknowledged a change that the feed has not brought yet, so a shared ledger is asked, by one small reading for all who ask at once.
    /// </summary>
    public async ValueTask<bool> IsBehind(Catalogue seen)
    {
        if (!_ledger.IsShared || !ReferenceEquals(seen, Current))
            return !ReferenceEquals(seen, Current);
        await _ledger.Feed.Refresh();
        await CatchUp();
        return !ReferenceEquals(seen, Current);
    }

    internal void Put(CatalogueEntry entry, int version)
    {
        lock (_lock)
        {
            _changes++;
            // Another silo's later version may have been read before we came here.
            if (CatalogueEntries.VersionOf(_current, entry) < version)
                Volatile.Write(ref _current, _current.With(entry, version));
        }
    }

    internal void Revoke(ApiKeyId key)
    {
        lock (_lock)
        {
            _changes++;
            Volatile.Write(ref _current, _current.WithoutKey(key));
        }
    }

    /// <inheritdoc />
    public void Dispose() => _subscription.Dispose();

    private async Task LoadAfter(Task reading)
    {
        await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Task load;
        lock (_lock)
        {
            _next = null;
            load = _reading = Load();
        }

        await load;
    }

    private async Task Load()
    {
        while (true)
        {
            var before = Interlocked.Read(ref _changes);
            var heard = Volatile.Read(ref _heard);
            var read = await _ledger.Read.Catalogue();
            lock (_lock)
            {
                // A change of our own that came in while we read may not be in what we read: read again rather than lose it.
                if (before != _changes)
                    continue;
                Volatile.Write(ref _current, read);
                Volatile.Write(ref _read, heard);
                return;
            }
        }
    }

    private void Hear(System.Collections.Immutable.ImmutableArray<FeedChange> changes)
    {
        foreach (var change in changes)
        {
            if (change is { TouchesCatalogue: true, IsOwn: false })
            {
                // Should the reading fail, whoever asks next reads.
                Interlocked.Increment(ref _heard);
                _ = Refresh();
                return;
            }
        }
    }
}
