using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>The database did or did not commit, and its answer is lost: callers get the true outcome, nothing is booked twice, nothing is lost.</summary>
[Collection(PostgresTests.Name)]
public sealed class LostAnswers(PostgresServer server) : IAsyncLifetime
{
    private static readonly IdempotencyStamp _stamp = new("key-7", "lost-and-found", "hash");
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));
    private readonly Haste _time = new();
    private readonly List<FeedChange> _received = [];
    private CuttingProxy _proxy = null!;
    private SeatLedger _ledger = null!;
    private string _database = "";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        _database = await server.Database(PostgresLedgerTests.Prepare);
        _proxy = new(_database);
        _ledger = await SeatLedger.Open(
            new() { ConnectionString = _proxy.ConnectionString, Committers = 1, Time = _time }, _clock, NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken);
        (await _ledger.Commit(Making.Capacity(_clock.Now, 2, 10), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        _ledger.Feed.Subscribe(changes => _received.AddRange(changes));
    }

    public async ValueTask DisposeAsync()
    {
        if (_ledger is not null)
            await _ledger.DisposeAsync();
        if (_proxy is not null)
            await _proxy.DisposeAsync();
    }

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.After)]
    public async Task R13_a_lost_answer_of_a_batch_is_found_out(Cut where)
    {
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp);
        var cut = _proxy.At(_stamp.Key, where);
        var outcome = await _ledger.Commit(change, Token);
        cut.IsCompletedSuccessfully.ShouldBeTrue("else nothing was tested");
        outcome.ShouldBeOfType<CommitOutcome.Committed>().Change.Sequence.ShouldBe(2);
        await MustStandOnce(change);
    }

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.After)]
    public async Task R13_a_lost_answer_of_a_replay_is_found_out_with_its_refusals(Cut where)
    {
        // A listener holds the committer until all three wait, so that they share a batch; one of them does not fit, so that it is replayed and ends with a
        // commit of its own.
        using var release = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        using var holding = _ledger.Feed.Subscribe(_ => { entered.Set(); release.Wait(TestContext.Current.CancellationToken); });
        var first = _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(9), 1, 1), 0), Token);
        entered.Wait(TestContext.Current.CancellationToken);
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp);
        Task<CommitOutcome>[] three =
        [
            _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 11), 0), Token), _ledger.Commit(change, Token),
            _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 11), 1), Token),
        ];
        var cut = _proxy.At("COMMIT\0", where);
        release.Set();
        var outcomes = await Task.WhenAll(three);
        await first;
        cut.IsCompletedSuccessfully.ShouldBeTrue("else nothing was tested");
        outcomes.Select(outcome => outcome.GetType().Name).ShouldBe(["SlotShort", "Committed", "SlotShort"]);
        ((CommitOutcome.Committed)outcomes[1]).Change.Sequence.ShouldBe(3);
        await MustStandOnce(change, others: 1);
    }

    [Fact]
    public async Task R13_a_backend_that_still_runs_is_ended_before_the_batch_is_tried_again()
    {
        // Another transaction holds the slot's row, so that the backend waits for it while its client is cut off.
        await using var holder = new Npgsql.NpgsqlConnection(_database);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var look = new Npgsql.NpgsqlCommand("select 1 from slots for update", holder, transaction))
            await look.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp);
        var cut = _proxy.At(_stamp.Key, Cut.During);
        var commit = _ledger.Commit(change, Token);
        await cut;
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        (await commit).ShouldBeOfType<CommitOutcome.Committed>();
        await MustStandOnce(change);
    }

    [Theory]
    [InlineData(Cut.Before, false)]
    [InlineData(Cut.After, true)]
    public async Task R13_while_the_database_stays_away_the_outcome_is_unknown_and_a_repeat_finds_the_truth(Cut where, bool isWritten)
    {
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp);
        _time.RunFast();
        _ = _proxy.At(_stamp.Key, where, staysAway: true);
        (await _ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Unknown>();
        (await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 1), 0), Token))
            .ShouldBeOfType<CommitOutcome.Unavailable>("of later ones it is certain");
        _proxy.ComeBack();
        while (!await _ledger.Resolve(change, Token))
            Token.ThrowIfCancellationRequested();
        (await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(3), 1, 1), 0), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        (await _ledger.Read.Booking(Making.BookingOf(change).Id, Token) is not null).ShouldBe(isWritten);
        // A repeat that its grain decided on an old reading is stale; after a new reading the grain knows the key.
        if (isWritten)
            (await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp), Token))
                .ShouldBeOfType<CommitOutcome.Stale>();
        else
            (await _ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
        await MustStandOnce(change, others: 1);
    }

    private async Task MustStandOnce(Change change, int others = 0)
    {
        (await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), 1), Token))
            .ShouldBeOfType<CommitOutcome.Committed>("the committer goes on, at the next version");
        (await server.Sql(PostgresServer.NameOf(_database), "select count(*), count(distinct id) from bookings")).ShouldBe($"{2 + others}|{2 + others}");
        (await server.Sql(PostgresServer.NameOf(_database),
            "select count(*) from (select committer from changes group by committer having count(*) <> max(sequence)) gaps")).ShouldBe("0");
        var rows = await _ledger.Read.Institution(Making.School(1), _clock.Now, 0, Token);
        rows.Version.ShouldBe(2);
        ((BookingSnapshot)(await _ledger.Read.Answer(rows.Keys.Single().Change, Token))!).Booking.Id.ShouldBe(Making.BookingOf(change).Id);
        foreach (var (hour, taken) in ((int, int)[])[(0, 4), (1, 2 + others)])
        {
            (await _ledger.Read.Slot(Making.Slot(hour), Token)).Booked.ShouldBe(taken);
            var seen = _ledger.Picture.Look(Making.Slot(hour), _clock.Now);
            (seen.Capacity - seen.Free).ShouldBe(taken);
        }

        _received.Count(one => one.Subject == change.Record.Subject).ShouldBe(1);
    }

    /// <summary>Real time with pauses a hundredth as long; once it is fast, all of it runs a hundred times as fast.</summary>
    private sealed class Haste : TimeProvider
    {
        private long _fastSince = long.MaxValue;

        public void RunFast() => Interlocked.Exchange(ref _fastSince, base.GetTimestamp());

        public override long GetTimestamp()
        {
            var now = base.GetTimestamp();
            return now + (99 * Math.Max(0, now - Math.Min(now, Interlocked.Read(ref _fastSince))));
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }
}
