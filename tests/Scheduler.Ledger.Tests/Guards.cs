using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A store whose guards are off: what the herd test would show if the ledger had none.</summary>
internal sealed class UnguardedStore(ICommitStore inner) : ICommitStore
{
    public IReadOnlyList<Hold> Due(Instant now, bool exact) => inner.Due(now, exact);

    public Written? TryWrite(BatchNet net)
    {
        foreach (var slot in net.Slots)
            slot.IsGuarded = false;
        return inner.TryWrite(net);
    }

    public Replayed Replay(IReadOnlyList<Change> changes) => inner.Replay(changes);

    public Trouble Judge(Exception exception) => inner.Judge(exception);

    public bool IsInDoubt => inner.IsInDoubt;

    public Replayed? Recover() => inner.Recover();

    public void Dispose() => inner.Dispose();
}

/// <summary>A store that fails as a disk does: before it writes, or (<paramref name="after"/>) when all is written but the answer.</summary>
internal sealed class FailingStore(ICommitStore inner, Func<Exception?> fault, Func<Exception?>? due = null, bool after = false) : ICommitStore
{
    public IReadOnlyList<Hold> Due(Instant now, bool exact) => due?.Invoke() is { } exception ? throw exception : inner.Due(now, exact);

    public Written? TryWrite(BatchNet net) => Fail(() => inner.TryWrite(net));

    public Replayed Replay(IReadOnlyList<Change> changes) => Fail(() => inner.Replay(changes));

    private T Fail<T>(Func<T> write)
    {
        if (fault() is not { } exception)
            return write();
        if (after)
            write();
        throw exception;
    }

    public Trouble Judge(Exception exception) => inner.Judge(exception);

    public bool IsInDoubt => inner.IsInDoubt;

    public Replayed? Recover() => inner.Recover();

    public void Dispose() => inner.Dispose();
}

/// <summary>What only shows on the inside: guards taken away, disks that fail, pragmas, locks.</summary>
public sealed class SqliteInside : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R03_herd_shows_when_the_guard_is_off(bool isGuarded)
    {
        // A herd of callers that all believe that there is room. With its guard the ledger holds the line; without it, and without the CHECK, it must overbook: else this test proves nothing.
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        var connection = folder.Open(readOnly: false);
        if (!isGuarded)
            Run(connection, "pragma ignore_check_constraints = on");
        var store = new SqliteStore(connection);
        using (var committer = Committer(isGuarded ? store : new UnguardedStore(store)))
        {
            committer.Start();
            await Task.WhenAll(Enumerable.Range(0, 64).Select(school => Task.Run(() => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(school), school % 4, 3), 0)))));
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
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 64).Select(school => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(school), 0, 3), 0))));
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
        }

        Ask(writer, "pragma wal_autocheckpoint").ShouldBe((long)SqliteFolder.CheckpointPages);
    }

    [Fact]
    public async Task A_second_process_on_a_data_folder_is_told_plainly()
    {
        await using var ledger = await Open();
        var refused = await Should.ThrowAsync<InvalidOperationException>(Open);
        refused.Message.ShouldContain(_folder);
        refused.Message.ShouldContain("in use by another process");
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
            (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3), 0))).ShouldBeOfType<CommitOutcome.Committed>();
            isBroken = true;
            await Should.ThrowAsync<LedgerStoppedException>(() => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 3), 0)));
            isBroken = false;
            await Should.ThrowAsync<LedgerStoppedException>(() => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(3), 0, 3), 0)));
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
            await Should.ThrowAsync<LedgerStoppedException>(() => committer.Commit(change));
        }

        await using var ledger = await Open();
        (await ledger.Read.Institution(Making.School(1), _clock.Now)).Answers[("key-7", "k")].Subject.ShouldBe(change.Record.Subject);
        (await ledger.Read.Slot(Making.Slot(0))).Booked.ShouldBe(3);
    }

    [Fact]
    public async Task A_fault_in_telling_of_a_commit_is_not_taken_for_its_failure()
    {
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        var feed = new ChangeFeed(new(versioned: false), NullLogger.Instance) { Others = new BrokenSource() };
        using (var committer = new GroupCommitter(new SqliteStore(folder.Open(readOnly: false)), new(), _clock, feed, NullLogger.Instance, "test-commit"))
        {
            committer.Start();
            for (var i = 0; i < 2; i++)
                (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3), i))).ShouldBeOfType<CommitOutcome.Committed>();
        }

        (await Booked()).ShouldBe(6);
    }

    [Fact]
    public async Task A_committer_outlives_a_store_that_cannot_say_what_is_due()
    {
        // The batch is refused twice, and then the holds that are due cannot be read: each change is tried all the same.
        await Prepare(20);
        using var folder = SqliteFolder.Take(_folder);
        var (faults, dues) = (0, 0);
        var store = new FailingStore(
            new SqliteStore(folder.Open(readOnly: false)), () => ++faults <= 2 ? new InvalidOperationException("refused") : null,
            () => ++dues >= 3 ? new InvalidOperationException("not readable") : null);
        using (var committer = Committer(store))
        {
            var commits = Enumerable.Range(0, 2).Select(school => committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(school), 0, 3), 0))).ToList();
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
                outcome = await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1) with { Reference = new('x', 200) }, booked));
                booked += outcome is CommitOutcome.Committed ? 1 : 0;
            }
            while (outcome is CommitOutcome.Committed);
            outcome.ShouldBeOfType<CommitOutcome.Unavailable>();
            booked.ShouldBeGreaterThan(0);
            Run(connection, "pragma max_page_count = 1000000");
            (await committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), booked))).ShouldBeOfType<CommitOutcome.Committed>();
            _expected = booked + 1;
        }

        (await Booked()).ShouldBe(_expected);
    }

    private int _expected;

    private sealed class BrokenSource : IFeedSource
    {
        public bool IsFresh => true;

        public Task Refresh() => Task.CompletedTask;

        public void OwnNews() => throw new InvalidOperationException("nobody can be called");
    }

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

    private Task<SeatLedger> Open() => SeatLedger.Open(new() { DataDirectory = _folder }, _clock, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);

    private async Task Prepare(int capacity)
    {
        await using var ledger = await Open();
        (await ledger.Commit(Making.Capacity(_clock.Now, 4, capacity))).ShouldBeOfType<CommitOutcome.Committed>();
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
