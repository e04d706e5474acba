using Microsoft.Extensions.Logging.Abstractions;
using NodaTime;
using Npgsql;
using Scheduler.Tests;

namespace Scheduler.Ledger.Tests;

/// <summary>A pooler between the ledger and PostgreSQL: in session mode the ledger works; in other modes the ledger takes no change.</summary>
[Collection(PostgresTests.Name)]
public sealed class PoolerTests(PostgresServer server)
{
    private readonly TestClock _clock = new(Instant.FromUtc(2027, 1, 4, 12, 0));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("transaction")]
    [InlineData("statement")]
    [InlineData("transaction", "server_round_robin = 1")]
    [InlineData("transaction", "min_pool_size = 2", "server_round_robin = 1")]
    [InlineData("transaction", "min_pool_size = 5")]
    [InlineData("transaction", "server_reset_query_always = 1")]
    public async Task A_pooler_that_breaks_sessions_is_refused_and_nothing_is_made(string mode, params string[] settings)
    {
        var database = await Database();
        await using var pooler = await Pooler.Start(database, mode, settings);
        var refused = await Should.ThrowAsync<LedgerUnsafeException>(() => Open(pooler.ConnectionString));
        refused.Reason.ShouldBe(UnsafeReason.SessionNotKept);
        (await server.Sql(PostgresServer.NameOf(database), "select count(*) from pg_tables where schemaname = 'public'")).ShouldBe("0");
        (await server.Sql(PostgresServer.NameOf(database), "select count(*) from pg_locks where locktype = 'advisory'")).ShouldBe("0");
    }

    [Fact]
    public async Task P4_a_pooler_in_session_mode_keeps_what_is_acknowledged_on_disk()
    {
        var database = await Database();
        await server.Sql("postgres", $"alter database {PostgresServer.NameOf(database)} set synchronous_commit = off");
        await using var pooler = await Pooler.Start(database, "session");
        await using var ledger = await Open(pooler.ConnectionString);
        (await ledger.Commit(Making.Capacity(_clock.Now, 1, 10), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), 0);
        (await ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Committed>();
        await using var direct = await Open(database);
        (await direct.Read.Booking(Making.BookingOf(change).Id, Token)).ShouldNotBeNull();
    }

    [Fact]
    public async Task P4_a_connection_that_comes_back_through_another_mode_takes_no_change_until_the_mode_is_right_again()
    {
        await using var pooler = await Pooler.Start(await Database(), "session");
        await using var ledger = await Open(pooler.ConnectionString);
        (await ledger.Commit(Making.Capacity(_clock.Now, 1, 10), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        await pooler.Restart("transaction");
        var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), 0);
        (await ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Unavailable>().Why.ShouldContain("SessionNotKept");
        await pooler.Restart("session");
        await Committed(ledger, 0);
        (await ledger.Read.Slot(Making.Slot(0), Token)).Booked.ShouldBe(1);
    }

    [Fact]
    public async Task P4_a_mode_that_changes_under_a_running_ledger_is_found_by_the_next_transaction_on_another_backend()
    {
        var database = await Database();
        await using var pooler = await Pooler.Start(database, "session");
        await using var ledger = await Open(pooler.ConnectionString, committers: 1);
        (await ledger.Commit(Making.Capacity(_clock.Now, 1, 10), Token)).ShouldBeOfType<CommitOutcome.Committed>();
        await pooler.Reload("transaction");
        // This transaction still has the backend of the session, and gives the backend back to the pooler.
        await Committed(ledger, 0);
        List<NpgsqlConnection> holders = [];
        try
        {
            // Holds every free backend in a transaction, so that the committer gets another one.
            for (var i = 0; i < 15; i++)
            {
                var holder = new NpgsqlConnection(pooler.ConnectionString + ";Pooling=false");
                holders.Add(holder);
                await holder.OpenAsync(Token);
                await holder.BeginTransactionAsync(Token);
                await using var hold = new NpgsqlCommand("select 1", holder);
                await hold.ExecuteNonQueryAsync(Token);
            }

            var change = Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), 1);
            (await ledger.Commit(change, Token)).ShouldBeOfType<CommitOutcome.Unavailable>().Why.ShouldContain("SessionNotKept");
        }
        finally
        {
            foreach (var holder in holders)
                await holder.DisposeAsync();
        }

        (await server.Sql(PostgresServer.NameOf(database), "select count(*) from bookings")).ShouldBe("1");
    }

    [Fact]
    public async Task P4_a_transaction_on_another_backend_or_without_waiting_for_the_disk_is_rolled_back()
    {
        await using var connection = new NpgsqlConnection(await Database());
        await connection.OpenAsync(Token);
        var backend = connection.ProcessID;
        Commit(backend).ShouldBeNull();
        PostgresErrors.IsSessionLost(Commit(backend + 1).ShouldNotBeNull()).ShouldBeTrue();
        await using (var off = new NpgsqlCommand("set synchronous_commit = off", connection))
            await off.ExecuteNonQueryAsync(Token);
        var lost = Commit(backend).ShouldNotBeNull();
        PostgresErrors.Classify(lost, connection, isUnderWay: true).ShouldBe(StoreFailure.ConnectionLost);

        PostgresException? Commit(int guarded)
        {
            using var trip = new RoundTrip(connection);
            PostgresGuards.AddSession(trip, guarded);
            try
            {
                trip.Execute();
                return null;
            }
            catch (PostgresException refused)
            {
                return refused;
            }
        }
    }

    [Fact]
    public async Task P4_a_session_whose_commits_do_not_wait_for_the_disk_is_refused()
    {
        await using var connection = new NpgsqlConnection(await Database());
        await connection.OpenAsync(Token);
        foreach (var value in (string[])["on", "remote_apply"])
        {
            await Set(value);
            SessionCheck.CheckSettings(connection);
        }

        foreach (var value in (string[])["off", "local", "remote_write"])
        {
            await Set(value);
            var refused = Should.Throw<LedgerUnsafeException>(() => SessionCheck.CheckSettings(connection));
            (refused.Reason, refused.Found).ShouldBe((UnsafeReason.CommitNotSynchronous, $"synchronous_commit is {value}"));
        }

        async Task Set(string value)
        {
            await using var command = new NpgsqlCommand($"set synchronous_commit = {value}", connection);
            await command.ExecuteNonQueryAsync(Token);
        }
    }

    private async Task<string> Database()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        Assert.SkipUnless(Pooler.IsThere, "PgBouncer is not installed");
        return await server.Database();
    }

    private Task<SeatLedger> Open(string connection, int committers = 2) =>
        SeatLedger.Open(new() { ConnectionString = connection, Committers = committers }, _clock, NullLoggerFactory.Instance, Token);

    /// <summary>Books until the ledger takes the change: after a time without a connection the first answers may still be refusals.</summary>
    private async Task Committed(SeatLedger ledger, long version)
    {
        CommitOutcome outcome;
        do
            outcome = await ledger.Commit(Making.Book(_clock.Now, Making.Sitting(Making.School(1), 0, 1), version), Token);
        while (outcome is CommitOutcome.Unavailable);
        outcome.ShouldBeOfType<CommitOutcome.Committed>();
    }
}
