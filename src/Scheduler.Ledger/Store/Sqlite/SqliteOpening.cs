using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging;
using NodaTime;

namespace Scheduler.Ledger;

/// <summary>Opens a ledger in a data folder.</summary>
internal static class SqliteOpening
{
    private const int ReadThreadCount = 3;

    public static async Task<SeatLedger> Open(LedgerSettings settings, IClock clock, ILoggerFactory logs, CancellationToken cancellation)
    {
        var path = settings.DataDirectory ?? throw new InvalidOperationException("A ledger needs a data folder, or a connection string.");
        var opened = new List<IDisposable>();
        try
        {
            var folder = SqliteFolder.Take(path);
            opened.Add(folder);
            RestoreMark.MustBeAbsent(path);
            var log = logs.CreateLogger<SeatLedger>();
            MakeSchema(folder, log);
            cancellation.ThrowIfCancellationRequested();
            var store = new SqliteStore(folder.Open(readOnly: false));
            opened.Insert(0, store);
            var threads = new ReadThreads(() => folder.Open(readOnly: true), ReadThreadCount);
            opened.Insert(0, threads);
            var picture = new SeasonPicture(versioned: false);
            var probe = new ReachabilityProbe(new(() => folder.Open(readOnly: true), 1, "ledger-probe"), settings.Time);
            opened.Insert(0, probe);
            var read = new LedgerReader(threads, new Dialect(IsPostgres: false), probe, new(log));
            picture.Apply(CollectionsMarshal.AsSpan(await read.AllSlots(cancellation)));
            var feed = new ChangeFeed(picture, log);
            var committer = new GroupCommitter(store, settings, clock, feed, log, "ledger-commit");
            return new(read, feed, picture, isShared: false, [committer], [threads, probe, folder]);
        }
        catch
        {
            foreach (var one in opened)
                one.Dispose();
            throw;
        }
    }

    private static void MakeSchema(SqliteFolder folder, ILogger log)
    {
        try
        {
            using var connection = folder.Open(readOnly: false);
            Migrations.Sqlite(folder.ConnectionString(readOnly: false), log);
        }
        catch (SqliteException unusable)
        {
            throw new LedgerFolderException(folder.Path, unusable);
        }
    }
}
