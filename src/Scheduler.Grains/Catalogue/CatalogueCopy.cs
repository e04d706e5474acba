using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Orleans;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Grains;

/// <summary>
/// This silo's copy of the catalogue. The catalogue grain adds its own changes before it answers; the changes of other silos arrive by the feed. Reading is one
/// volatile read.
/// </summary>
public sealed class CatalogueCopy : IDisposable
{
    private readonly SeatLedger _ledger;
    private readonly Lock _lock = new();
    private readonly IDisposable _subscription;
    private readonly ILogger _log;
    private Catalogue _current;
    private Task _reading = Task.CompletedTask;
    private Task? _next;
    private long _changes;
    private int _announced;
    private int _read;

    private CatalogueCopy(SeatLedger ledger, Catalogue current, ILogger log)
    {
        _log = log;
        _ledger = ledger;
        _current = current;
        _subscription = ledger.Feed.Subscribe(Apply);
    }

    /// <summary>The catalogue as this silo knows it.</summary>
    public Catalogue Current => Volatile.Read(ref _current);

    /// <summary>Reads the whole catalogue, and follows the changes from then on.</summary>
    public static async Task<CatalogueCopy> Open(SeatLedger ledger, ILogger<CatalogueCopy>? log = null)
    {
        var copy = new CatalogueCopy(ledger, await ledger.Read.Catalogue(CancellationToken.None), log ?? NullLogger<CatalogueCopy>.Instance);
        // A change between the reading and the subscription is read here.
        if (ledger.IsShared)
            await copy.Refresh();
        return copy;
    }

    /// <summary>Reads the whole catalogue again with a reading that begins during or after this call. Concurrent callers share the reading.</summary>
    public Task Refresh()
    {
        lock (_lock)
        {
            if (_reading.IsCompleted)
                return _reading = Load();
            return _next ??= LoadAfter(_reading);
        }
    }

    /// <summary>Waits until every change that the feed announced was read, also a change that could not be read when the feed announced it.</summary>
    internal async Task CatchUp(CancellationToken cancellation)
    {
        Task reading;
        lock (_lock)
            reading = _next ?? _reading;
        await reading.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        cancellation.ThrowIfCancellationRequested();
        if (Volatile.Read(ref _read) != Volatile.Read(ref _announced))
            await Refresh().WaitAsync(cancellation);
    }

    /// <summary>
    /// Whether <paramref name="seen"/> is older than the catalogue that any process committed before this call. If so, the caller decides its refusal again on
    /// the new catalogue. Another silo may have acknowledged a change that the feed has not delivered yet, so a shared ledger is read. Callers that ask at the
    /// same time share one small reading.
    /// </summary>
    public async ValueTask<bool> IsBehind(Catalogue seen, CancellationToken cancellation)
    {
        if (!_ledger.IsShared || !ReferenceEquals(seen, Current))
            return !ReferenceEquals(seen, Current);
        await _ledger.Feed.Refresh(cancellation);
        await CatchUp(cancellation);
        return !ReferenceEquals(seen, Current);
    }

    internal void Put(CatalogueEntry entry, int version)
    {
        lock (_lock)
        {
            _changes++;
            // A later version of another silo may have been read before this call.
            if (_current.Find(entry).Version < version)
                Volatile.Write(ref _current, _current.With(entry, version));
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
            var announced = Volatile.Read(ref _announced);
            var read = await _ledger.Read.Catalogue(CancellationToken.None);
            lock (_lock)
            {
                // A change of this silo during the reading may be missing from the result, so the ledger is read again.
                if (before != _changes)
                    continue;
                Volatile.Write(ref _current, read);
                Volatile.Write(ref _read, announced);
                return;
            }
        }
    }

    private void Apply(ImmutableArray<FeedChange> changes)
    {
        if (!changes.Any(change => change is { TouchesCatalogue: true, IsOwn: false }))
            return;
        Interlocked.Increment(ref _announced);
        RefreshLater().Ignore();
    }

    private async Task RefreshLater()
    {
        try
        {
            await Refresh();
        }
        catch (Exception fault)
        {
            // The next caller that needs the catalogue reads again.
            _log.LogWarning(fault, "The catalogue that another process has changed could not be read; the next call reads again.");
        }
    }
}
