using Microsoft.Extensions.Logging;
using NodaTime;
using Npgsql;

namespace Scheduler.Ledger;

/// <summary>Opens a ledger in a PostgreSQL database that silos share.</summary>
internal static class PostgresOpening
{
    private const int ReadThreadCount = 4;

    public static async Task<SeatLedger> Open(LedgerSettings settings, IClock clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        var log = logs.CreateLogger<SeatLedger>();
        var text = Postgres.ConnectionString(settings.ConnectionString!);
        var opened = new List<IDisposable>();
        try
        {
            await using var connection = new NpgsqlConnection(text);
            await connection.OpenAsync(cancellation);
            // The check comes first: without a session of our own, the lock of the migration would stay with a backend of the pooler.
            SessionCheck.Run(connection, text);
            if (SessionCheck.Setting(connection, "full_page_writes") != "on")
                log.LogWarning("The database's full_page_writes is off. A crash can then damage pages, unless the file system writes pages whole");
            await Migrate(connection, text, log, cancellation);
            var places = new FeedPlaces();
            var positions = new Positions();
            List<PostgresStore> stores = [];
            for (var i = 0; i < Math.Max(1, settings.Committers); i++)
            {
                stores.Add(new(text, positions, places));
                opened.Add(stores[^1]);
            }

            var picture = new SeasonPicture(versioned: true);
            picture.Apply(FeedStart.ReadAll(connection, places, positions).AsSpan());
            var feed = new ChangeFeed(picture, log);
            var others = new PostgresFeed(text, settings.Time, places, positions, feed, log);
            opened.Add(others);
            feed.Others = others;
            var threads = new ReadThreads(() => OpenReader(text), ReadThreadCount);
            opened.Add(threads);
            var probe = new ReachabilityProbe(new(() => OpenReader(text), 1, "ledger-probe"), settings.Time);
            opened.Add(probe);
            others.Start();
            IReadOnlyList<GroupCommitter> committers =
                [.. stores.Select((store, i) => new GroupCommitter(store, settings, clock, feed, log, $"ledger-commit-{i + 1}"))];
            var read = new LedgerReader(threads, new Dialect(IsPostgres: true), probe, new(log));
            return new(read, feed, picture, isShared: true, committers, [others, threads, probe]);
        }
        catch
        {
            foreach (var one in opened)
                one.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Brings the schema up to date under an advisory lock. Silos that start at the same time wait for each other: the first silo runs the scripts, and the
    /// others find nothing to do. The lock is not a lock of changes, so that silos that run already go on booking.
    /// </summary>
    private static async Task Migrate(NpgsqlConnection connection, string text, ILogger log, CancellationToken cancellation)
    {
        // Another silo's scripts may take long.
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock({Postgres.MigrationLocks}, 1)", connection) { CommandTimeout = 0 })
            await take.ExecuteNonQueryAsync(cancellation);
        Migrations.Postgres(text, log);
        await using var release = new NpgsqlCommand($"select pg_advisory_unlock({Postgres.MigrationLocks}, 1)", connection);
        await release.ExecuteNonQueryAsync(cancellation);
    }

    private static NpgsqlConnection OpenReader(string text)
    {
        var connection = new NpgsqlConnection(text);
        try
        {
            connection.Open();
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }
}
