using NodaTime;
using Scheduler.Domain;

namespace Scheduler.Ledger.Tests;

/// <summary>A small season in which every rule holds: an exam, capacity, and two schools with workstations and vouchers.</summary>
internal sealed class SoundSeason(Instant now)
{
    private readonly Dictionary<int, (PackId Pack, long Version)> _schools = [];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>Makes everything in an empty ledger.</summary>
    public async Task Make(SeatLedger ledger)
    {
        await Done(ledger, Making.Put(now, CatalogueSamples.Exam, 1));
        await Done(ledger, Making.Capacity(now, 4, 1_000));
        foreach (var school in (int[])[1, 2])
        {
            var zone = DateTimeZoneProviders.Tzdb["America/Toronto"];
            var institution = new Institution { Id = Making.School(school), Name = "S", Zone = zone, LabSeats = 500, Proctors = 1 };
            await Done(ledger, Making.Put(now, new InstitutionEntry(institution), 1));
            var pack = Making.Pack(500) with { PurchasedOn = new(2026, 9, 1) };
            await Done(ledger, Making.Buy(now, Making.School(school), pack, 0));
            _schools[school] = (pack.Id, 1);
        }
    }

    /// <summary>Books one seat for a school.</summary>
    public async Task<BookingId> Book(SeatLedger ledger, int school)
    {
        var (pack, version) = _schools[school];
        var change = Making.Book(now, Making.Sitting(Making.School(school), 0, 1) with { Vouchers = [new(pack, 1)] }, version);
        await Done(ledger, change);
        _schools[school] = (pack, version + 1);
        return Making.BookingOf(change).Id;
    }

    private static async Task Done(SeatLedger ledger, Change change) => (await ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
}
