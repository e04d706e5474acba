using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Scheduler.Ledger;

/// <summary>Opens a ledger to read it beside a running server. Nothing is locked, and the schema stays as it is.</summary>
public static class ReadOnlyLedger
{
    /// <summary>All private rows of a kind.</summary>
    /// <exception cref="LedgerRestoreInterruptedException">A restore into the folder did not end.</exception>
    public static Task<List<PrivateRow>> PrivateRows(LedgerSettings settings, PrivateKind kind, CancellationToken cancellation) => Task.Factory.StartNew(
        () =>
        {
            using var session = new ReadSession(Open(settings));
            return PrivateQueries.All(session, kind);
        },
        cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>An open connection to the ledger that the settings name.</summary>
    internal static DbConnection Open(LedgerSettings settings)
    {
        DbConnection connection;
        if (settings.ConnectionString is { } text)
            connection = new NpgsqlConnection(Postgres.ConnectionString(text));
        else
        {
            var folder = settings.DataDirectory ?? throw new InvalidOperationException("A ledger needs a data folder, or a connection string.");
            RestoreMark.MustBeAbsent(folder);
            var file = Path.Combine(folder, SqliteFolder.FileName);
            var builder = new SqliteConnectionStringBuilder { DataSource = file, Mode = SqliteOpenMode.ReadOnly, Pooling = false };
            connection = new SqliteConnection(builder.ToString());
        }

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
