using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>
/// A SQLite ledger with the season and some bookings. Every variant gets its own copy. The copy is flushed to disk, because otherwise the first checkpoint of
/// the variant would write all of it.
/// </summary>
internal sealed class BaseLedger
{
    private const int Outstanding = 4_096;
    private readonly string _folder;
    private readonly PackId[] _packs;
    private readonly long[] _versions;

    private BaseLedger(string folder, PackId[] packs, long[] versions)
    {
        _folder = folder;
        _packs = packs;
        _versions = versions;
    }

    public static async Task<BaseLedger> Make(string folder, int bookings)
    {
        PackId[] packs;
        BookingSource source;
        await using (var ledger = await Open(folder, 512))
        {
            packs = await BenchSeason.Write(ledger);
            source = new(packs, [.. Enumerable.Repeat(1L, BenchSeason.Institutions)], seed: 1, isHot: false);
            await Fill(ledger, source, bookings);
        }

        Flush(folder);
        return new(folder, packs, [.. source.Versions]);
    }

    /// <summary>The ledger that an earlier run made.</summary>
    public static BaseLedger Found(string folder)
    {
        var packs = new PackId[BenchSeason.Institutions];
        var versions = new long[BenchSeason.Institutions];
        using var connection = Connect(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "select i.id, i.version, p.id from institutions i join packs p on p.institution = i.id order by i.id";
        using var reader = command.ExecuteReader();
        for (var i = 0; reader.Read(); i++)
            (versions[i], packs[i]) = (reader.GetInt64(1), new(Guid.Parse(reader.GetString(2))));
        return new(folder, packs, versions);
    }

    public static Task<SeatLedger> Open(string folder, int batch) =>
        SeatLedger.Open(new() { DataDirectory = folder, BatchChanges = batch }, MachineClock.Instance, NullLoggerFactory.Instance, CancellationToken.None);

    /// <summary>Copies the ledger into another folder, and returns this folder.</summary>
    public string Copy(string folder)
    {
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, SqliteFolder.FileName);
        File.Copy(Path.Combine(_folder, SqliteFolder.FileName), target, overwrite: true);
        using var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return folder;
    }

    /// <summary>Bookings that follow those in this ledger.</summary>
    public BookingSource Source(int seed, bool isHot) => new(_packs, [.. _versions], seed, isHot);

    public static async Task Fill(SeatLedger ledger, BookingSource source, int bookings)
    {
        var pending = new Queue<Task<CommitOutcome>>();
        for (var i = 0; i < bookings; i++)
        {
            pending.Enqueue(source.Commit(ledger));
            if (pending.Count >= Outstanding)
                BenchSeason.Must(await pending.Dequeue());
        }

        foreach (var commit in pending)
            BenchSeason.Must(await commit);
    }

    /// <summary>Writes the write-ahead log into the database file.</summary>
    public static void Flush(string folder)
    {
        using var connection = Connect(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string folder)
    {
        var settings = new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, SqliteFolder.FileName), Pooling = false };
        var connection = new SqliteConnection(settings.ToString());
        connection.Open();
        return connection;
    }
}
