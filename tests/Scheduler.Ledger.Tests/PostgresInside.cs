using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>Several ledgers on one database, as silos are.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresInside(PostgresServer server) : TwoSilos(server)
{
    [Fact]
    public async Task R03_two_silos_that_do_not_know_each_other_never_overbook_and_never_deadlock()
    {
        const int capacity = 120;
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 5, capacity), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        // Every school books in both silos: half of its decisions are stale, and are made again.
        var tasks = Enumerable.Range(0, 64).SelectMany(school => Ledgers.Select((ledger, twin) => Task.Run(() => Herd(ledger, school, twin))));
        var booked = (await Task.WhenAll(tasks)).SelectMany(one => one).ToList();
        await LedgerContract.ShouldAddUp(Ledgers[0], booked, capacity);
        var rows = await Ledgers[1].Read.Slots([.. Enumerable.Range(0, 4).Select(hour => Making.Slot(hour))], Token);
        rows.Values.ShouldAllBe(row => row.Capacity - row.Booked < 3);
        (await Server.Sql("postgres", $"select deadlocks from pg_stat_database where datname = '{PostgresServer.NameOf(Database)}'")).ShouldBe("0");

        // Afterwards both pictures agree with the ledger, whatever the order of the commits was.
        await Task.WhenAll(Ledgers.Select(ledger => ledger.Feed.Refresh(Token)));
        foreach (var (slot, row) in rows)
        {
            foreach (var ledger in Ledgers)
            {
                ledger.Picture.Look(slot, Clock.Now).ShouldBe(new(row.Capacity, row.Capacity - row.Booked, false));
            }
        }
    }

    [Fact]
    public async Task The_feed_brings_every_change_of_another_silo_once_and_in_order()
    {
        var received = new List<FeedChange>();
        using var listening = Ledgers[1].Feed.Subscribe(changes => received.AddRange(changes));
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 4, 1_000), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        (await Ledgers[0].Commit(Making.Put(Clock.Now, CatalogueSamples.Pool, 1), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var changes = Enumerable.Range(0, 300).Select(i => Making.Book(Clock.Now, Making.Sitting(Making.School(i % 10), i % 3, 1, 1), i / 10)).ToList();
        (await Task.WhenAll(changes.Select(change => Ledgers[0].Commit(change, Token)))).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        var asked = Making.Request(Making.School(1), 0, 2);
        (await Ledgers[0].Commit(Making.Ask(Clock.Now, asked, 30), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        await Ledgers[1].Feed.Refresh(Token);

        Ledgers[1].Feed.IsFresh.ShouldBeTrue();
        Ledgers[1].Feed.Age.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        received.ShouldAllBe(change => !change.IsOwn);
        received.Count(change => change.TouchesCatalogue).ShouldBe(1);
        received.Single(change => change.WholePool is not null).Slots.Length.ShouldBe(4);
        received.Single(change => change.Request is not null).Request!.Id.ShouldBe(asked.Id);
        var bookings = received.Where(change => change.Kind == ChangeKind.BookingMade).ToList();
        bookings.Count.ShouldBe(300);
        for (var school = 0; school < 10; school++)
        {
            var own = changes.Where(change => change.Record.Institution == Making.School(school)).Select(change => change.Record.Subject);
            bookings.Where(change => change.Institution == Making.School(school)).Select(change => change.Subject).ShouldBe(own);
        }

        Ledgers[1].Picture.Look(Making.Slot(1), Clock.Now).ShouldBe(new(1_000, 800, false));
        received.Clear();
        (await Ledgers[1].Commit(Making.Book(Clock.Now, Making.Sitting(Making.School(50), 0, 1), 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        await Ledgers[1].Feed.Refresh(Token);
        received.Single().IsOwn.ShouldBeTrue("what a silo did itself it hears once");
    }

    [Fact]
    public async Task A_hold_made_in_one_silo_lapses_in_the_other()
    {
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 1, 5), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(1), 0, 5), ExpiresAt = Clock.Now + Duration.FromMinutes(10) };
        (await Ledgers[0].Commit(Making.Keep(Clock.Now, hold, 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        (await Ledgers[1].Commit(Making.Book(Clock.Now, Making.Sitting(Making.School(2), 0, 1), 0), Token)).ShouldBeOfType<CommitOutcome.SlotShort>();
        Clock.Set(hold.ExpiresAt);
        (await Ledgers[1].Commit(Making.Book(Clock.Now, Making.Sitting(Making.School(2), 0, 5), 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        (await Ledgers[0].Commit(Making.Confirm(Clock.Now, hold, 1), Token)).ShouldBeOfType<CommitOutcome.HoldGone>();
    }

    [Fact]
    public async Task A_committer_whose_connection_is_cut_goes_on_without_a_gap()
    {
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 1, 10_000), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var name = PostgresServer.NameOf(Database);
        const int Schools = 32;
        using var booked = new SemaphoreSlim(0);
        var herd = Task.WhenAll(Enumerable.Range(0, Schools).Select(school => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                var change = Making.Book(Clock.Now, Making.Sitting(Making.School(school), 0, 1), i);
                (await Ledgers[0].Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
                booked.Release();
            }
        })));
        while (!herd.IsCompleted)
        {
            await Server.Sql("postgres", $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
            // Bookings from before the cut do not count. Cuts that follow at once would end a booking's tries, and the committer would rightly say so.
            while (booked.Wait(0, Token)) { }
            // One booking more than all schools can have under way: at least one batch was written after the cut.
            for (var i = 0; i <= Schools; i++)
                await Task.WhenAny(herd, booked.WaitAsync(Token));
        }

        await herd;
        (await Ledgers[0].Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(32 * 60);
        (await Server.Sql(name, "select count(*) from bookings")).ShouldBe("1920");
        (await Server.Sql(name, "select count(*) from (select committer from changes group by committer having count(*) <> max(sequence)) gaps")).ShouldBe("0");
        (await Server.Sql(name, "select count(*) from (select institution from trail group by institution having count(*) <> max(entry)) gaps")).ShouldBe("0");
    }

    [Fact]
    public async Task R13_an_unknown_exception_of_the_client_is_in_doubt_and_not_taken_for_a_rollback()
    {
        // The version of a slot gets a type that the client cannot read as a number: the server commits, the client throws, and the connection stays open.
        (await Ledgers[0].Commit(Making.Capacity(Clock.Now, 1, 10), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var name = PostgresServer.NameOf(Database);
        await Server.Sql(name, "alter table slots alter column version type double precision");
        var inner = new PostgresStore(Postgres.ConnectionString(Database), new(), new FeedPlaces());
        var store = new RepairingStore(inner, () => Server.Sql(name, "alter table slots alter column version type integer").Wait(Token));
        var feed = new ChangeFeed(new(versioned: true), NullLogger.Instance);
        var change = Making.Book(Clock.Now, Making.Sitting(Making.School(1), 0, 3), 0);
        using (var committer = new GroupCommitter(store, new(), Clock, feed, NullLogger.Instance, "test-commit"))
        {
            committer.Start();
            (await committer.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
            store.Failures.ShouldBe([StoreFailure.InDoubt]);
            (await committer.Commit(Making.Book(Clock.Now, Making.Sitting(Making.School(1), 0, 2), 1), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        }

        (await Ledgers[0].Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(5);
        (await Server.Sql(name, "select count(*) from bookings")).ShouldBe("2");
    }

    private async Task<List<Change>> Herd(SeatLedger ledger, int school, int twin)
    {
        var random = new Random((school * 2) + twin);
        var booked = new List<Change>();
        var version = 0L;
        for (var i = 0; i < 12; i++)
        {
            ImmutableArray<int> profile = random.Next(3) == 0 ? [random.Next(1, 4), 1] : [random.Next(1, 4)];
            var sitting = Making.Sitting(Making.School(school), random.Next(4), profile);
            for (var isDecided = false; !isDecided;)
            {
                var change = Making.Book(Clock.Now, sitting, version);
                var outcome = await ledger.Commit(change, Token);
                isDecided = outcome is not CommitOutcome.Stale;
                if (outcome is CommitOutcome.Committed)
                {
                    booked.Add(change);
                    version++;
                }
                else if (!isDecided)
                    version = (await ledger.Read.Institution(Making.School(school), Clock.Now, 0, Token)).Version;
                else
                    outcome.ShouldBeOfType<CommitOutcome.SlotShort>();
            }
        }

        return booked;
    }
}
