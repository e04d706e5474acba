using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Calculates the sums of a ledger from its rows and reports the errors: every slot (booked, held, shortfall), every pack, every institution's supervision and
/// counters, the lead time of every booking and hold. The check shares no code with the code that writes these sums. All rows are read at one moment of the
/// database, so a running process need not stop.
/// </summary>
public static class LedgerCheck
{
    /// <summary>Checks the ledger that the settings name. Returns an empty list when the check finds no error. Throws when the ledger does not exist.</summary>
    public static Task<ImmutableArray<Finding>> Run(LedgerSettings settings, CancellationToken cancellation) => Task.Factory.StartNew(
        () => RunNow(settings), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private static ImmutableArray<Finding> RunNow(LedgerSettings settings)
    {
        using var session = new ReadSession(Open(settings));
        return session.Snapshot(() =>
        {
            var rows = CheckedRows.Read(session, new Dialect(settings.ConnectionString is not null));
            ImmutableArray<Finding> findings =
            [
                .. SeatSums.Findings(rows), .. VoucherSums.Findings(rows), .. SupervisionSums.Findings(rows), .. LeadTimes.Findings(rows),
                .. TrailCounts.Findings(rows),
            ];
            return findings;
        });
    }

    private static DbConnection Open(LedgerSettings settings)
    {
        DbConnection connection;
        if (settings.ConnectionString is { } text)
            connection = new NpgsqlConnection(Postgres.ConnectionString(text));
        else
        {
            var folder = settings.DataDirectory ?? throw new InvalidOperationException("A ledger needs a data folder, or a connection string.");
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
