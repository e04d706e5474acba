using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>Who is answered what, and when, while the database is away.</summary>
public sealed class DatabaseAwayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-ledger-").FullName;
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));
    private readonly SteppingTime _time = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Later_parts_of_a_batch_are_refused_while_the_database_is_away()
    {
        // One batch: a booking that is in doubt, a capacity that goes alone, and another booking.
        await MakeSchema();
        using var folder = SqliteFolder.Take(_folder);
        var store = new AwayStore(new SqliteStore(folder.Open(readOnly: false)), tries: 40, _ => _time.Step(TimeSpan.FromSeconds(1)));
        using var committer = Committer(store);
        Task<CommitOutcome>[] all =
        [
            committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), 0), Token),
            committer.Commit(Making.Capacity(_clock.Now, 1, 50), Token),
            committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(2), 0, 1), 0), Token),
        ];
        committer.Start();
        var outcomes = await Task.WhenAll(all);
        outcomes.Select(outcome => outcome.GetType().Name).ShouldBe(["Unknown", "Unavailable", "Unavailable"]);
    }

    [Fact]
    public async Task Time_away_is_counted_by_the_clock()
    {
        // The first try to connect takes six seconds: its caller is not held up for the pauses of further tries.
        await MakeSchema();
        using var folder = SqliteFolder.Take(_folder);
        Task<CommitOutcome>? commit = null;
        var answeredAt = 0;
        var store = new AwayStore(new SqliteStore(folder.Open(readOnly: false)), tries: 40, attempt =>
        {
            if (commit!.IsCompleted && answeredAt == 0)
                answeredAt = attempt;
            if (attempt == 1)
                _time.Step(TimeSpan.FromSeconds(6));
        });
        using var committer = Committer(store);
        commit = committer.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), 0), Token);
        committer.Start();
        (await commit).ShouldBeOfType<CommitOutcome.Unknown>();
        while (await committer.Commit((PreparedChange?)null, Token) is not CommitOutcome.Swept)
            Token.ThrowIfCancellationRequested();
        answeredAt.ShouldBe(2);
    }

    private GroupCommitter Committer(ICommitStore store) =>
        new(store, new() { Time = _time }, _clock, new(new(versioned: false), NullLogger.Instance), NullLogger.Instance, "test-commit");

    private async Task MakeSchema()
    {
        var ledger = await SeatLedger.Open(new() { DataDirectory = _folder }, _clock, NullLoggerFactory.Instance, Token);
        await ledger.DisposeAsync();
    }

    /// <summary>A clock that moves only when told to; its timers ring at once.</summary>
    private sealed class SteppingTime : TimeProvider
    {
        private long _stamp;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _stamp);

        public void Step(TimeSpan by) => Interlocked.Add(ref _stamp, by.Ticks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }
}
