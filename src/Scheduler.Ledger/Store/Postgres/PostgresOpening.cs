using System.Collections.Immutable;
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
        var held = new List<IDisposable>();
        try
        {
            await using var connection = new NpgsqlConnection(text);
            await connection.OpenAsync(cancellation);
            await Migrate(connection, text, log, cancellation);
            var places = new FeedPlaces();
            var positions = new Positions();
            List<PostgresStore> stores = [];
            for (var i = 0; i < Math.Max(1, settings.Committers); i++)
            {
                stores.Add(new(text, positions, places));
                held.Add(stores[^1]);
            }

            var picture = new SeasonPicture(versioned: true);
            picture.Apply(PostgresFeed.ReadAll(connection, places, positions).AsSpan());
            var feed = new ChangeFeed(picture, log);
            var others = new PostgresFeed(text, settings.Time, places, positions, feed, log);
            held.Add(others);
            feed.Others = others;
            var threads = new ReadThreads(() => OpenReader(text), ReadThreadCount);
            held.Add(threads);
            others.Start();
            IReadOnlyList<GroupCommitter> committers = [.. stores.Select((store, i) => new GroupCommitter(store, settings, clock, feed, log, $"ledger-commit-{i + 1}"))];
            return new(new(threads, new Dialect(IsPostgres: true)), feed, picture, isShared: true, committers, [others, threads]);
        }
        catch
        {
            foreach (var one in held)
                one.Dispose();
            throw;
        }
    }

    /// <summary>Silos that start together take turns: the first brings the schema up to date, the others find it so.</summary>
    private static async Task Migrate(NpgsqlConnection connection, string text, ILogger log, CancellationToken cancellation)
    {
        await using (var take = new NpgsqlCommand($"select pg_advisory_lock({Postgres.RareLocks}, 2)", connection))
            await take.ExecuteNonQueryAsync(cancellation);
        Migrations.Postgres(text, log);
        await using var give = new NpgsqlCommand($"select pg_advisory_unlock({Postgres.RareLocks}, 2)", connection);
        await give.ExecuteNonQueryAsync(cancellation);
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
