using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Scheduler.Ledger;

/// <summary>Copies a SQLite ledger page by page by SQLite's online back-up.</summary>
internal static class LedgerCopy
{
    private const int PagesAtOnce = 2_000;

    /// <summary>
    /// Copies the ledger as of one moment: a read transaction is open from the first page to the last, so changes that are committed meanwhile neither get into
    /// the copy nor start the copy again. Committers do not wait for a reader of a write-ahead log. The copy is one file without a log.
    /// </summary>
    public static void Write(string source, string target, IProgress<CopyStep> progress, CancellationToken cancellation)
    {
        using (var from = Open(source, SqliteOpenMode.ReadOnly))
        using (var to = Open(target, SqliteOpenMode.ReadWrite))
        {
            // A copy that is cut short is deleted. A complete copy is written to disk once, at the end.
            Run(to, "pragma journal_mode = off");
            Run(to, "pragma synchronous = off");
            using var snapshot = from.BeginTransaction(deferred: true);
            Run(from, "select count(*) from sqlite_schema");
            Copy(from, to, progress, cancellation);
        }

        using var copy = Open(target, SqliteOpenMode.ReadWrite);
        if (Run(copy, "pragma journal_mode = delete") is not "delete")
            throw new SqliteException("The copy kept its write-ahead log.", raw.SQLITE_BUSY);
    }

    public static SqliteConnection Open(string file, SqliteOpenMode mode)
    {
        var text = new SqliteConnectionStringBuilder { DataSource = Path.GetFullPath(file), Mode = mode, Pooling = false, DefaultTimeout = 30 }.ToString();
        var connection = new SqliteConnection(text);
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

    public static object? Run(SqliteConnection connection, string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return command.ExecuteScalar();
    }

    private static void Copy(SqliteConnection from, SqliteConnection to, IProgress<CopyStep> progress, CancellationToken cancellation)
    {
        using var backup = raw.sqlite3_backup_init(to.Handle!, "main", from.Handle!, "main");
        if (backup.IsInvalid)
            throw Failed(to, raw.sqlite3_errcode(to.Handle!));
        int code;
        do
        {
            cancellation.ThrowIfCancellationRequested();
            code = raw.sqlite3_backup_step(backup, PagesAtOnce);
            var all = Math.Max(1, raw.sqlite3_backup_pagecount(backup));
            progress.Report(new(CopyStep.Copy, (all - raw.sqlite3_backup_remaining(backup)) / (double)all));
        }
        while (code == raw.SQLITE_OK);
        if (code != raw.SQLITE_DONE)
            throw Failed(to, code);
    }

    private static SqliteException Failed(SqliteConnection connection, int code) =>
        new(raw.sqlite3_errstr(code).utf8_to_string() is { Length: > 0 } text ? text : raw.sqlite3_errmsg(connection.Handle!).utf8_to_string(), code);
}
