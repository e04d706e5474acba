using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Domain;
using Scheduler.Ledger;

namespace Scheduler.Benchmarks;

/// <summary>A SQLite ledger with the season and some bookings in it, from which every variant gets its own copy, flushed: else its first checkpoint would write it all.</summary>
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
            packs = await BenchSeason.Furnish(ledger);
            source = new(packs, [.. Enumerable.Repeat(1L, BenchSeason.Institutions)], seed: 1, isHot: false);
            await Fill(ledger, source, bookings);
        }

        Flush(folder);
        return new(folder, packs, [.. source.Versions]);
    }

    /// <summary>One that an earlier run made.</summary>
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

    /// <summary>A folder of its own with the same ledger.</summary>
    public string Copy(string folder)
    {
        Directory.CreateDirectory(folder);
        var target = Path.Combine(folder, SqliteFolder.FileName);
        File.Copy(Path.Combine(_folder, SqliteFolder.FileName), target, overwrite: true);
        using var file = new FileStream(target, FileMode.Open, FileAccess.ReadWrite);
        file.Flush(flushToDisk: true);
        return folder;
    }

    /// <summary>Bookings that go on from where this ledger stands.</summary>
    public BookingSource Source(int seed, bool isHot) => new(_packs, [.. _versions], seed, isHot);

    public static async Task Fill(SeatLedger ledger, BookingSource source, int bookings)
    {
        var waiting = new Queue<Task<CommitOutcome>>();
        for (var i = 0; i < bookings; i++)
        {
            waiting.Enqueue(source.Commit(ledger));
            if (waiting.Count >= Outstanding)
                BenchSeason.Must(await waiting.Dequeue());
        }

        foreach (var commit in waiting)
            BenchSeason.Must(await commit);
    }

    /// <summary>Copies the write-ahead log back and flushes.</summary>
    public static void Flush(string folder)
    {
        using var connection = Connect(folder);
        using var command = connection.CreateCommand();
        command.CommandText = "pragma wal_checkpoint(truncate)";
        command.ExecuteNonQuery();
    }

    private static SqliteConnection Connect(string folder)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path.Combine(folder, SqliteFolder.FileName), Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}

/// <summary>A folder that goes when the measurement is over.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("scheduler-bench-").FullName;

    public string Under(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
