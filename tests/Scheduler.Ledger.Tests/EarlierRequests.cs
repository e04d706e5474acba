using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using NodaTime.Text;
using Npgsql;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A ledger that the version before flexible requests wrote opens: its requests are waitlist entries, and flexible requests can be added.</summary>
[Collection(PostgresTests.Name)]
public sealed class EarlierRequests(PostgresServer server) : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;
    private readonly Guid _waiting = Guid.CreateVersion7(), _withdrawn = Guid.CreateVersion7();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task R11_a_ledger_of_the_version_before_opens_on_SQLite()
    {
        var text = $"Data Source={Path.Combine(_folder, SqliteFolder.FileName)};Pooling=False";
        EarlierLedger.MigrateToBeforePlans(text, isPostgres: false);
        await EarlierLedger.Write(new SqliteConnection(text), Rows(new(isPostgres: false)));
        await ShouldOpen(new() { DataDirectory = _folder });
    }

    [Fact]
    public async Task R11_a_ledger_of_the_version_before_opens_on_PostgreSQL()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var text = await server.Database();
        EarlierLedger.MigrateToBeforePlans(text, isPostgres: true);
        await EarlierLedger.Write(new NpgsqlConnection(text), $"insert into committers (id) values (1); {Rows(new(isPostgres: true))}");
        await ShouldOpen(new() { ConnectionString = text });
    }

    private string Rows(EarlierLedger rows)
    {
        rows.Put(
            "institution", "s", 1,
            """{"form":1,"institution":{"id":"s","name":"S","zone":"America/Toronto","labSeats":500,"proctors":1,"onboarding":["agreement"]}}""");
        rows.Exam("MOS", 50, 1);
        rows.Request(_waiting, 1, "5,2");
        rows.Request(_withdrawn, 2, "6", "withdrawn");
        return rows.Sql();
    }

    private async Task ShouldOpen(LedgerSettings settings)
    {
        var clock = new TestClock(Instant.FromUtc(2027, 1, 4, 12, 0));
        await using var ledger = await SeatLedger.Open(settings, clock, NullLoggerFactory.Instance, Token);
        (await LedgerCheck.Run(settings, Token)).ShouldBeEmpty();
        var start = InstantPattern.ExtendedIso.Parse(EarlierLedger.Start).Value;
        var waiting = (await ledger.Read.AllQueuedRequests(Token)).ShouldHaveSingleItem();
        (waiting.Id, waiting.IsFlexible, waiting.PreferredStart, waiting.Seats, waiting.Weight).ShouldBe((new(_waiting), false, start, 5, 3));
        (waiting.MinGroup, waiting.PlacedSeats, waiting.Bookings.Length).ShouldBe((null, 0, 0));
        (await ledger.Read.Queue(InstitutionId.Of("s"), null, 10, Token))!.Entries.Select(request => request.Id.Value).ShouldBe([_waiting, _withdrawn]);

        // The ledger goes on: a waitlist entry changes in place, and a flexible request comes after it.
        var school = InstitutionId.Of("s");
        var version = (await ledger.Read.Institution(school, clock.Now, 0, Token)).Version;
        var change = Making.Ask(clock.Now, waiting with { Status = RequestStatus.Withdrawn, Version = 2 }, version);
        change = change with { Rows = [new RowWrite.RequestChanged(waiting with { Status = RequestStatus.Withdrawn, Version = 2 })] };
        (await ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var flexible = Making.Request(school, 0, 4) with { Windows = [new(new(2027, 3, 1), new(2027, 3, 5), [], 540, 960)] };
        var asked = await ledger.Commit(Making.Ask(clock.Now, flexible, version + 1), Token);
        var sequence = asked.ShouldBeOfType<CommitOutcome.Committed>().RequestSequence;
        (await ledger.Read.AllQueuedRequests(Token)).ShouldBeEmpty();
        Texts.Of(await ledger.Read.Request(flexible.Id, Token)).ShouldBe(Texts.Of(flexible with { Sequence = sequence }));
    }
}
