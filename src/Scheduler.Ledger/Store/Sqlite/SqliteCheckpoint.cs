using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scheduler.Ledger;

/// <summary>
/// Copies the write-ahead log back into the database file when the log is long. SQLite's own automatic checkpoint ignores errors; here an error stops the
/// ledger. The batch that was just committed is on disk, but its callers get <see cref="CommitOutcome.Unknown"/>.
/// </summary>
internal sealed class SqliteCheckpoint(SqliteConnection connection, int pages)
{
    /// <summary>
    /// Pages of the log before a checkpoint: 16 MB. A checkpoint writes each page once, so a long log makes booking cheaper. In measurements a longer log gave
    /// no further gain, and callers wait longer for its checkpoint.
    /// </summary>
    public const int Pages = 4_000;

    // The mode that only returns the length of the log (SQLite 3.51).
    private const int CountOnly = -1;

    public void RunWhenDue()
    {
        if (Run(CountOnly) >= pages)
            Run(raw.SQLITE_CHECKPOINT_PASSIVE);
    }

    /// <summary>Runs a checkpoint in this mode and returns the number of pages in the log.</summary>
    private int Run(int mode)
    {
        var code = raw.sqlite3_wal_checkpoint_v2(connection.Handle!, "main", mode, out var logged, out _);
        // Busy: a reader still needs the older pages, or another process checkpoints. The next commit tries again.
        return (code & 0xff) is raw.SQLITE_OK or raw.SQLITE_BUSY
            ? logged
            : throw new CheckpointFailedException($"SQLite Error {code}: '{raw.sqlite3_errmsg(connection.Handle!).utf8_to_string()}' in a checkpoint.");
    }
}
