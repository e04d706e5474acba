using Microsoft.Data.Sqlite;

namespace Scheduler.Ledger;

/// <summary>A data folder: its database file, its lock, and the settings of every connection to the database.</summary>
internal sealed class SqliteFolder : IDisposable
{
    public const string FileName = LedgerSettings.FileName;
    public const string LockName = "ledger.lock";

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

    /// <summary>Locks the folder for this process.</summary>
    /// <exception cref="LedgerInUseException">Another process has the lock.</exception>
    /// <exception cref="LedgerFolderException">The folder cannot be made or written.</exception>
    public static SqliteFolder Take(string path)
    {
        try
        {
            Directory.CreateDirectory(path);
            var file = System.IO.Path.Combine(path, LockName);
            // The operating system releases the lock when the process ends in any way. So a lock file that still exists does not block another process.
            return new(path, new(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException taken) when (IsLocked(taken))
        {
            throw new LedgerInUseException(path, taken);
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException)
        {
            throw new LedgerFolderException(path, unusable);
        }
    }

    public SqliteConnection Open(bool readOnly)
    {
        var connection = new SqliteConnection(ConnectionString(readOnly));
        connection.Open();
        // A person's SQLite shell may hold a lock for a moment.
        Run(connection, "pragma busy_timeout = 30000");
        if (!readOnly)
            Run(connection, "pragma journal_mode = wal");
        Run(connection, "pragma synchronous = full");
        // The committer runs the checkpoints itself (SqliteCheckpoint), since SQLite's automatic checkpoint ignores errors.
        Run(connection, "pragma wal_autocheckpoint = 0");
        Run(connection, "pragma cache_size = -65536");
        Run(connection, "pragma temp_store = memory");
        return connection;
    }

    public void Dispose() => _lock.Dispose();

    // .NET throws a plain IOException for a locked file; its number is the system's: EAGAIN on Linux and on macOS, a sharing violation on Windows.
    private static bool IsLocked(IOException exception) => exception.GetType() == typeof(IOException) && (exception.HResult & 0xffff) is 11 or 35 or 32;

    private static void Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        command.ExecuteNonQuery();
    }
}
