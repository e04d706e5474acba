using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>What a ledger promises on either database: every test here runs on both.</summary>
public abstract partial class LedgerContract : IAsyncLifetime
{
    private readonly List<SeatLedger> _opened = [];

    protected TestClock Clock { get; } = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    protected Instant Now => Clock.Now;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    protected SeatLedger Ledger { get; private set; } = null!;

    protected abstract LedgerSettings Settings { get; }

    /// <summary>Changes rows by SQL, past the ledger.</summary>
    protected abstract Task Spoil(string text);

    public virtual async ValueTask InitializeAsync() => Ledger = await Open();

    public virtual async ValueTask DisposeAsync()
    {
        foreach (var ledger in _opened)
            await ledger.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    protected async Task<SeatLedger> Open(LedgerSettings? settings = null)
    {
        var ledger = await SeatLedger.Open(settings ?? Settings, Clock, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        _opened.Add(ledger);
        return ledger;
    }

    protected async Task<SeatLedger> Reopen()
    {
        await Ledger.DisposeAsync();
        _opened.Remove(Ledger);
        return Ledger = await Open();
    }

    protected async Task<CommitOutcome.Committed> Done(Change change)
    {
        var outcome = await Ledger.Commit(change, Token);
        return outcome.ShouldBeOfType<CommitOutcome.Committed>(outcome.ToString());
    }
}
