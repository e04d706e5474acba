using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Scheduler.Domain;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A server of its own, since it is stopped and started.</summary>
public sealed class PostgresRestart(PostgresServer server) : IClassFixture<PostgresServer>
{
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task P4_a_server_without_fsync_is_refused_until_fsync_is_on()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await SetFsync("off");
        var refused = await Should.ThrowAsync<LedgerUnsafeException>(() => SeatLedger.Open(new() { ConnectionString = database }, _clock,
            NullLoggerFactory.Instance, Token));
        refused.Reason.ShouldBe(UnsafeReason.FsyncOff);
        await SetFsync("on");
        await (await SeatLedger.Open(new() { ConnectionString = database }, _clock, NullLoggerFactory.Instance, Token)).DisposeAsync();

        async Task SetFsync(string value)
        {
            await server.Sql("postgres", $"alter system set fsync = {value}");
            await server.Stop("fast");
            await server.Start();
        }
    }

    [Theory]
    [InlineData("immediate")]
    [InlineData("fast")]
    public async Task A_restart_of_the_database_makes_callers_wait_or_come_back_and_loses_nothing(string mode)
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var ledger = await SeatLedger.Open(new() { ConnectionString = database }, _clock, NullLoggerFactory.Instance,
            TestContext.Current.CancellationToken);
        (await ledger.Commit(Making.Capacity(_clock.Now, 1, 10_000), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var restarted = new TaskCompletionSource();
        using var underWay = new SemaphoreSlim(0);
        var herd = Enumerable.Range(0, 32).Select(school => Task.Run(async () =>
        {
            var all = new List<(BookingId Booking, CommitOutcome Outcome)>();
            var version = 0L;
            for (var i = 0; i < 40; i++)
            {
                var change = Making.Book(_clock.Now, Making.Sitting(Making.School(school), 0, 1), version);
                var outcome = await ledger.Commit(change, Token);
                all.Add((Making.BookingOf(change).Id, outcome));
                version += outcome is CommitOutcome.Committed ? 1 : 0;
                underWay.Release();
                if (outcome is not CommitOutcome.Committed)
                    await restarted.Task;
                // On a busy machine the restart takes longer than callers wait for an outcome in doubt: the ledger tells what was written.
                if (outcome is CommitOutcome.Unknown)
                    version = (await ledger.Read.Institution(Making.School(school), _clock.Now, 0, Token)).Version;
            }

            return all;
        })).ToList();
        for (var i = 0; i < 300; i++)
            await underWay.WaitAsync(TestContext.Current.CancellationToken);
        await server.Stop(mode);
        await server.Start();
        restarted.SetResult();
        var outcomes = (await Task.WhenAll(herd)).SelectMany(one => one).ToList();
        outcomes.ShouldAllBe(one => one.Outcome is CommitOutcome.Unknown || one.Outcome is CommitOutcome.Committed || one.Outcome is CommitOutcome.Unavailable);
        var there = 0;
        foreach (var (booking, outcome) in outcomes)
        {
            var isThere = await ledger.Read.Booking(booking, Token) is not null;
            there += isThere ? 1 : 0;
            if (outcome is not CommitOutcome.Unknown)
                isThere.ShouldBe(outcome is CommitOutcome.Committed, "what was acknowledged is there, what was refused is not");
        }

        (await ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(there);
    }
}
