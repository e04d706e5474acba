using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>The database did it, or did not, and its answer is lost: callers hear the truth, nothing is booked twice, nothing is lost.</summary>
[Collection(PostgresTests.Name)]
public sealed class LostAnswers(PostgresServer server) : IAsyncLifetime
{
    private static readonly IdempotencyStamp _stamp = new("key-7", "lost-and-found", "hash");
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));
    private readonly List<FeedChange> _heard = [];
    private CuttingProxy _proxy = null!;
    private SeatLedger _ledger = null!;
    private string _database = "";

    public async ValueTask InitializeAsync()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        _database = await server.Database(PostgresLedgerTests.Prepare);
        _proxy = new(_database);
        _ledger = await SeatLedger.Open(
            new() { ConnectionString = _proxy.ConnectionString, Committers = 1, Time = new Haste() }, _clock, NullLoggerFactory.Instance, TestContext.Current.CancellationToken);
        (await _ledger.Commit(Making.Capacity(_clock.Now, 2, 10))).ShouldBeOfType<CommitOutcome.Committed>();
        _ledger.Feed.Subscribe(changes => _heard.AddRange(changes));
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
        var outcome = await _ledger.Commit(change);
        cut.IsCompletedSuccessfully.ShouldBeTrue("else nothing was tested");
        outcome.ShouldBeOfType<CommitOutcome.Committed>().Sequence.ShouldBe(2);
        await MustStandOnce(change);
    }

    [Theory]
    [InlineData(Cut.Before)]
    [InlineData(Cut.After)]
    public async Task R13_a_lost_answer_of_a_replay_is_found_out_with_its_refusals(Cut where)
    {
        // A listener holds the committer until all three wait, so that they share a batch; one of them does not fit, so that it is replayed and ends with a commit of its own.
        using var gate = new ManualResetEventSlim();
        using var entered = new ManualResetEventSlim();
        using var holding = _ledger.Feed.Subscribe(_ => { entered.Set(); gate.Wait(TestContext.Current.CancellationToken); });
        var first = _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(9), 1, 1), 0));
        entered.Wait(TestContext.Current.CancellationToken);
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp);
        Task<CommitOutcome>[] three =
        [
            _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 11), 0)), _ledger.Commit(change),
            _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 11), 1)),
        ];
        var cut = _proxy.At("COMMIT\0", where);
        gate.Set();
        var outcomes = await Task.WhenAll(three);
        await first;
        cut.IsCompletedSuccessfully.ShouldBeTrue("else nothing was tested");
        outcomes.Select(outcome => outcome.GetType().Name).ShouldBe(["SlotShort", "Committed", "SlotShort"]);
        ((CommitOutcome.Committed)outcomes[1]).Sequence.ShouldBe(3);
        await MustStandOnce(change, others: 1);
    }

    [Fact]
    public async Task R13_a_backend_still_at_it_is_ended_before_the_batch_is_tried_again()
    {
        // Somebody holds the slot's row, so that the backend waits for it while its client is cut off.
        await using var holder = new Npgsql.NpgsqlConnection(_database);
        await holder.OpenAsync(TestContext.Current.CancellationToken);
        await using var transaction = await holder.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var look = new Npgsql.NpgsqlCommand("select 1 from slots for update", holder, transaction))
            await look.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp);
        var cut = _proxy.At(_stamp.Key, Cut.During);
        var commit = _ledger.Commit(change);
        await cut;
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);
        (await commit).ShouldBeOfType<CommitOutcome.Committed>();
        await MustStandOnce(change);
    }

    [Theory]
    [InlineData(Cut.Before, false)]
    [InlineData(Cut.After, true)]
    public async Task R13_while_the_database_stays_away_callers_hear_that_it_is_not_known_and_a_repeat_finds_the_truth(Cut where, bool isWritten)
    {
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp);
        _ = _proxy.At(_stamp.Key, where, staysAway: true);
        await Should.ThrowAsync<LedgerUnreachableException>(() => _ledger.Commit(change));
        (await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 1), 0))).ShouldBeOfType<CommitOutcome.Unavailable>("of later ones it is certain");
        _proxy.ComeBack();
        CommitOutcome other;
        do
            other = await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(3), 1, 1), 0));
        while (other is CommitOutcome.Unavailable);
        other.ShouldBeOfType<CommitOutcome.Committed>();
        (await _ledger.Read.Booking(Making.BookingOf(change).Id) is not null).ShouldBe(isWritten);
        // The repeat is decided on what its grain read before or after: the one is stale, the other knows the key.
        if (isWritten)
            (await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 3, 2), 0, stamp: _stamp))).ShouldBeOfType<CommitOutcome.Stale>();
        else
            (await _ledger.Commit(change)).ShouldBeOfType<CommitOutcome.Committed>();
        await MustStandOnce(change, others: 1);
    }

    private async Task MustStandOnce(Change change, int others = 0)
    {
        (await _ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), 1))).ShouldBeOfType<CommitOutcome.Committed>("the committer goes on, at the next version");
        (await server.Sql(PostgresServer.NameOf(_database), "select count(*), count(distinct id) from bookings")).ShouldBe($"{2 + others}|{2 + others}");
        (await server.Sql(PostgresServer.NameOf(_database), "select count(*) from (select committer from changes group by committer having count(*) <> max(sequence)) gaps")).ShouldBe("0");
        var rows = await _ledger.Read.Institution(Making.School(1), _clock.Now);
        rows.Version.ShouldBe(2);
        rows.Answers[(_stamp.Caller, _stamp.Key)].Subject.ShouldBe(change.Record.Subject);
        foreach (var (hour, taken) in ((int, int)[])[(0, 4), (1, 2 + others)])
        {
            (await _ledger.Read.Slot(Making.Slot(hour))).Booked.ShouldBe(taken);
            _ledger.Picture.TryGet(Making.Slot(hour), out _, out var seen).ShouldBeTrue();
            seen.ShouldBe(taken);
        }

        _heard.Count(one => one.Subject == change.Record.Subject).ShouldBe(1);
    }

    /// <summary>Real time, but for pauses: these are a hundredth as long.</summary>
    private sealed class Haste : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? dueTime / 100 : dueTime, period);
    }
}
