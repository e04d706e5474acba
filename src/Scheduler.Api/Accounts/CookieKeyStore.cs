using System.Collections.Immutable;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.Repositories;
using NodaTime;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// Keeps the keys that sign and encrypt the cookies of browsers in the ledger. So browsers stay signed in when the server starts again, and every process of a
/// cluster reads every cookie. The framework asks without waiting, so the keys are read before the server listens, and a new key is written beside the answer:
/// except for the first key, the framework uses a new key only two days later.
/// </summary>
internal sealed class CookieKeyStore : IXmlRepository, IDisposable
{
    private const string Who = "start";

    private readonly SeatLedger _ledger;
    private readonly IClock _clock;
    private readonly ILogger _log;
    private readonly IDisposable _subscription;
    private ImmutableDictionary<string, string> _keys = ImmutableDictionary<string, string>.Empty;
    private Task _writing = Task.CompletedTask;

    private CookieKeyStore(SeatLedger ledger, IClock clock, ILogger log)
    {
        (_ledger, _clock, _log) = (ledger, clock, log);
        _subscription = ledger.Feed.Subscribe(changes =>
        {
            if (changes.Any(change => change is { Kind: ChangeKind.CookieKeyMade, IsOwn: false }))
                _ = ReadLater();
        });
    }

    /// <summary>Reads the keys.</summary>
    public static async Task<CookieKeyStore> Open(SeatLedger ledger, IClock clock, ILoggerFactory logs)
    {
        var store = new CookieKeyStore(ledger, clock, logs.CreateLogger<CookieKeyStore>());
        await store.Read();
        return store;
    }

    /// <summary>Makes the first key when there is none, and waits until the key is in the ledger.</summary>
    public async Task MakeFirst(IDataProtectionProvider protection)
    {
        protection.CreateProtector(nameof(CookieKeyStore)).Protect([]);
        await _writing;
    }

    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. _keys.OrderBy(key => key.Key, StringComparer.Ordinal).Select(key => XElement.Parse(key.Value))];

    public void StoreElement(XElement element, string friendlyName)
    {
        var row = new PrivateRow(PrivateKind.CookieKey, friendlyName, 1, element.ToString(SaveOptions.DisableFormatting));
        Keep(row);
        _writing = Write(row);
    }

    public void Dispose() => _subscription.Dispose();

    private async Task Write(PrivateRow row)
    {
        var record = new ChangeRecord { At = _clock.GetCurrentInstant(), Who = Who, Kind = ChangeKind.CookieKeyMade, Subject = row.Id };
        var outcome = await _ledger.Commit(new() { Record = record, Rows = [new RowWrite.PrivatePut(row)] }, CancellationToken.None);
        if (outcome is not (CommitOutcome.Committed or CommitOutcome.Stale))
        {
            _log.LogError(
                "The key {Key}, which protects cookies, could not be stored ({Outcome}). Browsers sign in again after the next start", row.Id, outcome);
        }
    }

    private async Task Read()
    {
        foreach (var row in await _ledger.Read.PrivateRows(PrivateKind.CookieKey, CancellationToken.None))
            Keep(row);
    }

    private async Task ReadLater()
    {
        try
        {
            await Read();
        }
        catch (Exception fault) when (fault is LedgerBusyException or LedgerUnreachableException)
        {
            _log.LogWarning(fault, "The keys that protect cookies could not be read. The next key of another process, or the next start, reads them");
        }
    }

    private void Keep(PrivateRow row) => ImmutableInterlocked.TryAdd(ref _keys, row.Id, row.Body);
}
