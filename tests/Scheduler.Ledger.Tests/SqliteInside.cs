using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>Inner parts of the SQLite ledger: without guards, with failing disks, pragmas, locks.</summary>
public sealed class SqliteInside : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R03_herd_shows_when_the_guard_is_off(bool isGuarded)
    {
        // All callers believe that there is room. With its guard the ledger does not overbook. Without the guard and the CHECK it must: else this test proves
        // nothing.
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        var connection = folder.Open(readOnly: false);
        if (!isGuarded)
            Run(connection, "pragma ignore_check_constraints = on");
        var store = new SqliteStore(connection);
        using (var committer = Committer(isGuarded ? store : new UnguardedStore(store)))
        {
            committer.Start();
            await Task.WhenAll(Enumerable.Range(0, 64)
                .Select(school => Task.Run(() => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(school), school % 4, 3), 0), Token))));
        }

        var booked = await Booked();
        if (isGuarded)
            booked.ShouldBe(18);
        else
            booked.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task R03_the_check_is_a_last_line_even_when_a_guard_is_missing()
    {
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        using (var committer = Committer(new UnguardedStore(new SqliteStore(folder.Open(readOnly: false)))))
        {
            committer.Start();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 64)
                .Select(school => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(school), 0, 3), 0), Token)));
            outcomes.Count(outcome => outcome is CommitOutcome.Committed).ShouldBe(6);
        }

        (await Booked()).ShouldBe(18);
    }

    [Fact]
    public void Every_connection_writes_through_to_the_disk()
    {
        using var folder = SqliteFolder.Take(_folder);
        using var writer = folder.Open(readOnly: false);
        using var reader = folder.Open(readOnly: true);
        foreach (var connection in new[] { writer, reader })
        {
            Ask(connection, "pragma synchronous").ShouldBe(2L, "FULL");
            Ask(connection, "pragma journal_mode").ShouldBe("wal");
            Ask(connection, "pragma wal_autocheckpoint").ShouldBe(0L, "the committer checkpoints, and sees its errors");
        }
    }

    [Fact]
    public async Task A_second_process_on_a_data_folder_is_told_plainly()
    {
        await using var ledger = await Open();
        var refused = await Should.ThrowAsync<LedgerInUseException>(Open);
        refused.Folder.ShouldBe(_folder);
    }

    [Fact]
    public async Task A_failed_disk_stops_the_process_and_acknowledges_nothing()
    {
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        var isBroken = false;
        string? stopped = null;
        var store = new FailingStore(new SqliteStore(folder.Open(readOnly: false)), () => isBroken ? new SqliteException("disk I/O error", 10, 1034) : null);
        using (var committer = Committer(store, new() { Stop = why => stopped = why }))
        {
            committer.Start();
            (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3), 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
            isBroken = true;
            (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 3), 0), Token)).ShouldBeOfType<CommitOutcome.Unknown>();
            isBroken = false;
            (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(3), 0, 3), 0), Token))
                .ShouldBeOfType<CommitOutcome.Unavailable>("it was not tried");
        }

        stopped.ShouldNotBeNull().ShouldContain("disk I/O error");
        (await Booked()).ShouldBe(3);
    }

    [Fact]
    public async Task R13_a_disk_that_fails_after_the_commit_leaves_the_answer_for_the_next_start()
    {
        await Prepare(20);
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3), 0, stamp: new("key-7", "k", "h"));
        using (var folder = SqliteFolder.Take(_folder))
        {
            var store = new FailingStore(new SqliteStore(folder.Open(readOnly: false)), () => new SqliteException("disk I/O error", 10, 1034), after: true);
            using var committer = Committer(store, new() { Stop = _ => { } });
            committer.Start();
            (await committer.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Unknown>();
        }

        await using var ledger = await Open();
        var key = (await ledger.Read.Institution(Making.School(1), _clock.Now, 0, Token)).Keys.ShouldHaveSingleItem();
        (key.Caller, key.Key, key.Hash).ShouldBe(("key-7", "k", "h"));
        ((BookingSnapshot)(await ledger.Read.Answer(key.Change, Token))!).Booking.Id.ShouldBe(Making.BookingOf(change).Id);
        (await ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(3);
    }

    [Fact]
    public async Task A_fault_of_the_feed_does_not_change_an_outcome()
    {
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        var feed = new ChangeFeed(new(versioned: false), NullLogger.Instance) { Others = new BrokenSource() };
        using (var committer = new GroupCommitter(new SqliteStore(folder.Open(readOnly: false)), new(), _clock, feed, NullLogger.Instance, "test-commit"))
        {
            committer.Start();
            for (var i = 0; i < 2; i++)
                (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3), i), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        }

        (await Booked()).ShouldBe(6);
    }

    [Fact]
    public async Task A_committer_goes_on_when_lapsed_holds_cannot_be_read()
    {
        // The batch is refused twice, and then the lapsed holds cannot be read: each change is tried all the same.
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        var (faults, reads) = (0, 0);
        var store = new FailingStore(
            new SqliteStore(folder.Open(readOnly: false)), () => ++faults <= 2 ? new InvalidOperationException("refused") : null,
            () => ++reads >= 3 ? new InvalidOperationException("not readable") : null);
        using (var committer = Committer(store))
        {
            var commits = Enumerable.Range(0, 2)
                .Select(school => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(school), 0, 3), 0), Token)).ToList();
            committer.Start();
            (await Task.WhenAll(commits)).ShouldAllBe(outcome => outcome is CommitOutcome.Committed);
        }

        (await Booked()).ShouldBe(6);
    }

    [Fact]
    public async Task A_full_disk_refuses_and_goes_on_when_there_is_room()
    {
        await Prepare(2_000);
        using var folder = SqliteFolder.Take(_folder);
        var connection = folder.Open(readOnly: false);
        var pages = (long)Ask(connection, "pragma page_count");
        var store = new SqliteStore(connection);
        using (var committer = Committer(store))
        {
            committer.Start();
            Run(connection, $"pragma max_page_count = {pages + 4}");
            var booked = 0;
            CommitOutcome outcome;
            do
            {
                outcome = await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1) with { Reference = new('x', 200) }, booked),
                    Token);
                booked += outcome is CommitOutcome.Committed ? 1 : 0;
            }
            while (outcome is CommitOutcome.Committed);
            outcome.ShouldBeOfType<CommitOutcome.Unavailable>();
            booked.ShouldBeGreaterThan(0);
            Run(connection, "pragma max_page_count = 1000000");
            (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), booked), Token)).ShouldBeOfType<CommitOutcome.Committed>();
            _expected = booked + 1;
        }

        (await Booked()).ShouldBe(_expected);
    }

    [Fact]
    public async Task The_committer_checkpoints_the_log_at_its_threshold()
    {
        await Prepare(2_000);
        using var folder = SqliteFolder.Take(_folder);
        using (var committer = Committer(new SqliteStore(folder.Open(readOnly: false), checkpointPages: 50)))
        {
            committer.Start();
            for (var i = 0; i < 200; i++)
                (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), i), Token)).ShouldBeOfType<CommitOutcome.Committed>();
            // A booking writes about eight pages: without checkpoints the log would have some 1,600.
            new FileInfo(Path.Combine(_folder, SqliteFolder.FileName + "-wal")).Length.ShouldBeLessThan(120 * 4_120);
        }

        (await Booked()).ShouldBe(200);
    }

    private int _expected;

    private static object Ask(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar()!;
    }

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }

    private GroupCommitter Committer(ICommitStore store, LedgerSettings? settings = null) =>
        new(store, settings ?? new(), _clock, new(new(versioned: false), NullLogger.Instance), NullLogger.Instance, "test-commit");

    private Task<SeatLedger> Open() =>
        SeatLedger.Open(new() { DataDirectory = _folder }, _clock, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

    private async Task Prepare(int capacity)
    {
        await using var ledger = await Open();
        (await ledger.Commit(Making.Capacity(_clock.Now, 4, capacity), Token)).ShouldBeOfType<CommitOutcome.Committed>();
    }

    /// <summary>Seats in the first slot, by a plain connection: the folder may be taken.</summary>
    private async Task<int> Booked()
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(_folder, SqliteFolder.FileName)};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        var command = connection.CreateCommand();
        command.CommandText = $"select booked from slots where minutes = {Making.StartMinutes}";
        return (int)(long)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
