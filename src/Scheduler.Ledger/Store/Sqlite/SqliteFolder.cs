using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Scheduler.Ledger;

/// <summary>A data folder: its database file, its lock, and how every connection to it is set.</summary>
internal sealed class SqliteFolder : IDisposable
{
    public const string FileName = "ledger.db";
    public const string LockName = "ledger.lock";

    /// <summary>
    /// Pages of the write-ahead log before it is copied back: 16 MB. What a checkpoint writes again is each page once, so a long log makes booking cheaper; a longer one holds up
    /// those who book meanwhile for longer, and was measured to bring nothing more.
    /// </summary>
    public const int CheckpointPages = 4_000;

    private readonly FileStream _lock;

    private SqliteFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
    }

    public string Path { get; }

    public string ConnectionString(bool readOnly) => new SqliteConnectionStringBuilder
    {
        DataSource = System.IO.Path.Combine(Path, FileName),
        Mode = readOnly ? SqliteOpenMode.ReadOnly : SqliteOpenMode.ReadWriteCreate,
        Pooling = false,
        DefaultTimeout = 30,
    }.ToString();

    /// <summary>Takes the folder for this process. Throws <see cref="InvalidOperationException"/> when another has it.</summary>
    public static SqliteFolder Take(string path)
    {
        Directory.CreateDirectory(path);
        var file = System.IO.Path.Combine(path, LockName);
        try
        {
            // The lock goes with the process, however it ends: a file left behind locks nobody out.
            return new(path, new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception)
        {
            throw new InvalidOperationException(
                $"The data folder '{path}' is in use by another process. Stop that one, or start this one with another Scheduler__DataDirectory.", exception);
        }
    }

    public SqliteConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(ConnectionString(readOnly));
        connection.Open();
        // Somebody's shell may hold a lock for a moment.
        Run(connection, "pragma busy_timeout = 30000");
        if (!readOnly)
            Run(connection, "pragma journal_mode = wal");
        Run(connection, "pragma synchronous = full");
        Run(connection, string.Create(CultureInfo.InvariantCulture, $"pragma wal_autocheckpoint = {CheckpointPages}"));
        Run(connection, "pragma cache_size = -65536");
        Run(connection, "pragma temp_store = memory");
        return connection;
    }

    public void Dispose() => _lock.Dispose();

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
