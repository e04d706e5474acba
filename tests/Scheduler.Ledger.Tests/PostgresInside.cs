using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>Several ledgers on one database, as silos are.</summary>
[Collection(PostgresTests.Name)]
public sealed class PostgresInside(PostgresServer server) : IAsyncLifetime
{
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));
    private readonly List<SeatLedger> _ledgers = [];
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        _database = await server.Database(PostgresLedgerTests.Prepare);
        _ledgers.Add(await Open());
        _ledgers.Add(await Open());
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var ledger in _ledgers)
            await ledger.DisposeAsync();
    }

    [Fact]
    public async Task R03_two_silos_that_do_not_know_each_other_never_overbook_and_never_deadlock()
    {
        const int capacity = 120;
        (await _ledgers[0].Commit(Making.Capacity(_clock.Now, 5, capacity))).ShouldBeOfType<CommitOutcome.Committed>();
        // Every school lives twice, once in each: half of its decisions are stale, and are made again.
        var tasks = Enumerable.Range(0, 64).SelectMany(school => _ledgers.Select((ledger, twin) => Task.Run(() => Herd(ledger, school, twin))));
        var booked = (await Task.WhenAll(tasks)).SelectMany(one => one).ToList();
        await LedgerContract.ShouldAddUp(_ledgers[0], booked, capacity);
        var rows = await _ledgers[1].Read.Slots([.. Enumerable.Range(0, 4).Select(hour => Making.Slot(hour))]);
        rows.Values.ShouldAllBe(row => row.Capacity - row.Booked < 3);
        (await server.Sql("postgres", $"select deadlocks from pg_stat_database where datname = '{PostgresServer.NameOf(_database)}'")).ShouldBe("0");

        // And both know it in the end, whoever's commit was told first.
        await Task.WhenAll(_ledgers.Select(ledger => ledger.Feed.Refresh()));
        foreach (var (slot, row) in rows)
        {
            foreach (var ledger in _ledgers)
            {
                ledger.Picture.TryGet(slot, out var seats, out var taken).ShouldBeTrue();
                (seats, taken).ShouldBe((row.Capacity, row.Booked));
            }
        }
    }

    [Fact]
    public async Task The_feed_brings_every_change_of_another_silo_once_and_in_order()
    {
        var heard = new List<FeedChange>();
        using var listening = _ledgers[1].Feed.Subscribe(changes => heard.AddRange(changes));
        (await _ledgers[0].Commit(Making.Capacity(_clock.Now, 4, 1_000))).ShouldBeOfType<CommitOutcome.Committed>();
        (await _ledgers[0].Commit(Making.Put(_clock.Now, Things.Pool, 1))).ShouldBeOfType<CommitOutcome.Committed>();
        var changes = Enumerable.Range(0, 300).Select(i => Making.Book(_clock.Now, Making.Sitting(Making.School(i % 10), i % 3, 1, 1), i / 10)).ToList();
        (await Task.WhenAll(changes.Select(_ledgers[0].Commit))).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        var asked = Making.Request(Making.School(1), 0, 2);
        (await _ledgers[0].Commit(Making.Ask(_clock.Now, asked, 30))).ShouldBeOfType<CommitOutcome.Committed>();
        await _ledgers[1].Feed.Refresh();

        _ledgers[1].Feed.IsFresh.ShouldBeTrue();
        heard.ShouldAllBe(change => !change.IsOwn);
        heard.Count(change => change.TouchesCatalogue).ShouldBe(1);
        heard.Single(change => change.WholePool is not null).Slots.Length.ShouldBe(4);
        heard.Single(change => change.Request is not null).Request!.Id.ShouldBe(asked.Id);
        var bookings = heard.Where(change => change.Kind == "booking_made").ToList();
        bookings.Count.ShouldBe(300);
        for (var school = 0; school < 10; school++)
        {
            var own = changes.Where(change => change.Record.Institution == Making.School(school)).Select(change => change.Record.Subject);
            bookings.Where(change => change.Institution == Making.School(school)).Select(change => change.Subject).ShouldBe(own);
        }

        _ledgers[1].Picture.TryGet(Making.Slot(1), out var capacity, out var taken).ShouldBeTrue();
        (capacity, taken).ShouldBe((1_000, 200));
        heard.Clear();
        (await _ledgers[1].Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(50), 0, 1), 0))).ShouldBeOfType<CommitOutcome.Committed>();
        await _ledgers[1].Feed.Refresh();
        heard.Single().IsOwn.ShouldBeTrue("what a silo did itself it hears once");
    }

    [Fact]
    public async Task A_hold_made_in_one_silo_lapses_in_the_other()
    {
        (await _ledgers[0].Commit(Making.Capacity(_clock.Now, 1, 5))).ShouldBeOfType<CommitOutcome.Committed>();
        var hold = new Hold { Id = HoldId.New(), Sitting = Making.Sitting(Making.School(1), 0, 5), ExpiresAt = _clock.Now + Duration.FromMinutes(10) };
        (await _ledgers[0].Commit(Making.Keep(_clock.Now, hold, 0))).ShouldBeOfType<CommitOutcome.Committed>();
        (await _ledgers[1].Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 1), 0))).ShouldBeOfType<CommitOutcome.SlotShort>();
        _clock.Set(hold.ExpiresAt);
        (await _ledgers[1].Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 5), 0))).ShouldBeOfType<CommitOutcome.Committed>();
        (await _ledgers[0].Commit(Making.Confirm(_clock.Now, hold, 1))).ShouldBeOfType<CommitOutcome.HoldGone>();
    }

    [Fact]
    public async Task A_committer_whose_connection_is_cut_goes_on_without_a_gap()
    {
        (await _ledgers[0].Commit(Making.Capacity(_clock.Now, 1, 10_000))).ShouldBeOfType<CommitOutcome.Committed>();
        var name = PostgresServer.NameOf(_database);
        var booked = new List<Change>();
        var herd = Task.WhenAll(Enumerable.Range(0, 32).Select(school => Task.Run(async () =>
        {
            for (var i = 0; i < 60; i++)
            {
                var change = Making.Book(_clock.Now, Making.Sitting(Making.School(school), 0, 1), i);
                (await _ledgers[0].Commit(change)).ShouldBeOfType<CommitOutcome.Committed>();
                lock (booked)
                    booked.Add(change);
            }
        })));
        while (!herd.IsCompleted)
            await server.Sql("postgres", $"select pg_terminate_backend(pid) from pg_stat_activity where datname = '{name}'");
        await herd;
        (await _ledgers[0].Read.Slot(Making.Slot(0))).Booked.ShouldBe(32 * 60);
        (await server.Sql(name, "select count(*) from bookings")).ShouldBe("1920");
        (await server.Sql(name, "select count(*) from (select committer from changes group by committer having count(*) <> max(sequence)) gaps")).ShouldBe("0");
        (await server.Sql(name, "select count(*) from (select institution from trail group by institution having count(*) <> max(entry)) gaps")).ShouldBe("0");
    }

    private async Task<List<Change>> Herd(SeatLedger ledger, int school, int twin)
    {
        var random = new Random((school * 2) + twin);
        var booked = new List<Change>();
        var version = 0L;
        for (var i = 0; i < 12; i++)
        {
            var sitting = random.Next(3) == 0 ? Making.Sitting(Making.School(school), random.Next(4), random.Next(1, 4), 1) : Making.Sitting(Making.School(school), random.Next(4), random.Next(1, 4));
            for (var isDecided = false; !isDecided;)
            {
                var change = Making.Book(_clock.Now, sitting, version);
                var outcome = await ledger.Commit(change);
                isDecided = outcome is not CommitOutcome.Stale;
                if (outcome is CommitOutcome.Committed)
                {
                    booked.Add(change);
                    version++;
                }
                else if (!isDecided)
                    version = (await ledger.Read.Institution(Making.School(school), _clock.Now)).Version;
                else
                    outcome.ShouldBeOfType<CommitOutcome.SlotShort>();
            }
        }

        return booked;
    }

    private Task<SeatLedger> Open() =>
        SeatLedger.Open(new() { ConnectionString = _database }, _clock, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
}

/// <summary>A server of its own, since it is stopped and started.</summary>
public sealed class PostgresRestart(PostgresServer server) : IClassFixture<PostgresServer>
{
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    [Theory]
    [InlineData("immediate")]
    [InlineData("fast")]
    public async Task A_restart_of_the_database_makes_callers_wait_or_come_back_and_loses_nothing(string mode)
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var ledger = await SeatLedger.Open(new() { ConnectionString = database }, _clock, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        (await ledger.Commit(Making.Capacity(_clock.Now, 1, 10_000))).ShouldBeOfType<CommitOutcome.Committed>();
        var restarted = new TaskCompletionSource();
        using var underWay = new SemaphoreSlim(0);
        var herd = Enumerable.Range(0, 32).Select(school => Task.Run(async () =>
        {
            var all = new List<(BookingId Booking, CommitOutcome? Outcome)>();
            var version = 0L;
            for (var i = 0; i < 40; i++)
            {
                var change = Making.Book(_clock.Now, Making.Sitting(Making.School(school), 0, 1), version);
                CommitOutcome? outcome = null;
                try
                {
                    outcome = await ledger.Commit(change);
                }
                catch (LedgerUnreachableException)
                {
                    // On a busy machine the restart takes longer than a doubt is kept: what became of it stands in the ledger.
                }

                all.Add((Making.BookingOf(change).Id, outcome));
                version += outcome is CommitOutcome.Committed ? 1 : 0;
                underWay.Release();
                if (outcome is not CommitOutcome.Committed)
                    await restarted.Task;
                if (outcome is null)
                    version = (await ledger.Read.Institution(Making.School(school), _clock.Now)).Version;
            }

            return all;
        })).ToList();
        for (var i = 0; i < 300; i++)
            await underWay.WaitAsync(TestContext.Current.CancellationToken);
        await server.Stop(mode);
        await server.Start();
        restarted.SetResult();
        var outcomes = (await Task.WhenAll(herd)).SelectMany(one => one).ToList();
        outcomes.ShouldAllBe(one => one.Outcome == null || one.Outcome is CommitOutcome.Committed || one.Outcome is CommitOutcome.Unavailable);
        var there = 0;
        foreach (var (booking, outcome) in outcomes)
        {
            var isThere = await ledger.Read.Booking(booking) is not null;
            there += isThere ? 1 : 0;
            if (outcome is not null)
                isThere.ShouldBe(outcome is CommitOutcome.Committed, "what was acknowledged is there, what was refused is not");
        }

        (await ledger.Read.Slot(Making.Slot(0))).Booked.ShouldBe(there);
    }
}
