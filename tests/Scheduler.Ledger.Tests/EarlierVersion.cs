using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A ledger that the version before terms were kept wrote opens, its bookings get their terms, and the check finds nothing.</summary>
[Collection(PostgresTests.Name)]
public sealed class EarlierVersion(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;

    // Names of rows below.
    private readonly Guid _early = Guid.CreateVersion7(), _late = Guid.CreateVersion7(), _confirmed = Guid.CreateVersion7(), _shrunk = Guid.CreateVersion7();
    private readonly Guid _cancelled = Guid.CreateVersion7(), _foreign = Guid.CreateVersion7(), _moved = Guid.CreateVersion7();
    private readonly Guid _waited = Guid.CreateVersion7(), _hold = Guid.CreateVersion7(), _ended = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task R15_a_ledger_of_the_version_before_opens_on_SQLite()
    {
        var text = $"Data Source={Path.Combine(_folder, SqliteFolder.FileName)};Pooling=False";
        EarlierLedger.Migrate(text, isPostgres: false);
        await EarlierLedger.Write(new SqliteConnection(text), Rows(new(isPostgres: false)));
        await ShouldOpen(new() { DataDirectory = _folder });
    }

    [Fact]
    public async Task R15_a_ledger_of_the_version_before_opens_on_PostgreSQL()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var text = await server.Database();
        EarlierLedger.Migrate(text, isPostgres: true);
        await EarlierLedger.Write(new NpgsqlConnection(text), $"insert into committers (id) values (1); {Rows(new(isPostgres: true))}");
        await ShouldOpen(new() { ConnectionString = text });
    }

    private string Rows(EarlierLedger rows)
    {
        var (mos, acp) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        rows.Put(
            "institution", "s", 1,
            """{"form":1,"institution":{"id":"s","name":"S","zone":"America/Toronto","labSeats":500,"proctors":1,"onboarding":["agreement"]}}""");
        rows.Exam("MOS", 50, 1);
        rows.Pack(mos, "MOS", 5 + 20 + 7 + 3 + 4);
        rows.Pack(acp, "ACP", 6 + 8 + 9 + 11);
        rows.Change("booking_made", $"{_early}", "s", _early, Snapshot(_early));
        rows.Change("booking_made", $"{_shrunk}", "s", _shrunk);
        rows.Change("booking_made", $"{_cancelled}", "s", _cancelled);
        rows.Change("booking_made", $"{_moved}", "s", _moved);
        rows.Change("hold_made", $"{_hold}", "s", null);
        rows.Change("hold_made", $"{_ended}", "s", null);
        rows.Exam("ACP", 110, 2);
        // The block kept its two hours, because fewer seats never made a block longer.
        rows.Change("booking_resized", $"{_shrunk}", "s", _shrunk);
        rows.Change("booking_cancelled", $"{_cancelled}", "s", _cancelled);
        rows.Change("booking_moved", $"{_moved}", "s", _moved);
        rows.Change("hold_confirmed", $"{_ended}", "s", _confirmed);
        rows.Change("request_placed", $"{Guid.CreateVersion7()}", "s", _waited);
        // An operator overrode the notice, and later changes keep the reason on the booking.
        rows.Change("booking_made", $"{_late}", "s", _late, Overridden(_late), "a flood");
        rows.Change("booking_attended", $"{_late}", "s", _late, Overridden(_late));
        rows.Change("booking_made", $"{_foreign}", "s", _foreign);
        rows.Booking(_early, "5", mos);
        rows.Booking(_shrunk, "20,2", mos, "2x50");
        rows.Booking(_cancelled, "30", null, status: "cancelled");
        rows.Booking(_moved, "6,6", acp);
        rows.Booking(_confirmed, "7", mos);
        rows.Booking(_waited, "8,8", acp);
        rows.Booking(_late, "9,9", acp);
        // The history does not know the exam.
        rows.Booking(_foreign, "11,11,11", acp, exam: "gone");
        rows.Hold(_hold, "3", mos, "held");
        rows.Hold(_ended, "7", mos, "confirmed", _confirmed);
        rows.Pack(Guid.CreateVersion7(), "MOS", 0);
        rows.Booking(Guid.CreateVersion7(), "4", mos);
        return rows.Sql();
    }

    private async Task ShouldOpen(LedgerSettings settings)
    {
        var clock = new TestClock(Instant.FromUtc(2027, 1, 4, 12, 0));
        await using var ledger = await SeatLedger.Open(settings, clock, NullLoggerFactory.Instance, Token);
        (await LedgerCheck.Run(settings, Token)).ShouldBeEmpty();
        foreach (var (id, terms) in new[]
        {
            (_early, Terms("MOS", 50)), (_shrunk, Terms("MOS", 50)), (_cancelled, Terms("MOS", 50)), (_moved, Terms("ACP", 110)),
            (_confirmed, Terms("MOS", 50)), (_waited, Terms("ACP", 110)), (_late, Terms("ACP", 110)),
            (_foreign, new() { Programme = "ACP", Minutes = 180, CheckInMinutes = 0, ResetMinutes = 0 }),
        })
        {
            (await ledger.Read.Booking(new(id), Token))!.Sitting.Terms.ShouldBe(terms);
        }

        foreach (var hold in new[] { _hold, _ended })
            (await ledger.Read.Hold(new(hold), Token))!.Sitting.Terms.ShouldBe(Terms("MOS", 50));

        // The answer that was stored before is read as it was.
        var stored = (await ledger.Read.Audit(new() { Subject = new(SubjectKind.Booking, $"{_early}") }, Token))!.Entries.ShouldHaveSingleItem();
        stored.After.ShouldBeOfType<BookingSnapshot>().Booking.Sitting.Terms.ShouldBe(ExamTerms.Unknown);
        SnapshotText.Write(stored.After).ShouldBe(Snapshot(_early));

        // Overrides of before are in their list.
        var forced = (await ledger.Read.Audit(new() { OnlyForced = true }, Token))!.Entries.ShouldHaveSingleItem();
        (forced.Kind, forced.Subject).ShouldBe((ChangeKind.BookingMade, $"{_late}"));

        // The ledger goes on: a booking changes in place.
        var school = InstitutionId.Of("s");
        var rows = await ledger.Read.Institution(school, clock.Now, 0, Token);
        var booking = rows.State.Bookings[new(_early)];
        (await ledger.Commit(Making.Cancel(clock.Now, booking, rows.Version), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        (await ledger.Read.Booking(booking.Id, Token))!.Sitting.Terms.ShouldBe(Terms("MOS", 50));
    }

    private static ExamTerms Terms(string programme, int minutes) => new() { Programme = programme, Minutes = minutes, CheckInMinutes = 5, ResetMinutes = 5 };

    private static string Overridden(Guid id) =>
        Snapshot(id).Replace("\"mode\":\"lab\"", "\"mode\":\"lab\",\"overrideReason\":\"a flood\"", StringComparison.Ordinal);

    private static string Snapshot(Guid id) =>
        $"{{'form':1,'booking':{{'id':'{id}','sitting':{{'institution':'s','exam':'e','pool':'p','start':'{EarlierLedger.Start}','seats':5,"
            .Replace('\'', '"') + "'profile':'5','mode':'lab'},'status':'confirmed','version':1,'overseen':false}}".Replace('\'', '"');
}
