using System.Collections.Immutable;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Scheduler.Domain;

namespace Scheduler.Ledger;

/// <summary>
/// Calculates the sums of a ledger from its rows and reports the errors: every slot (booked, held, shortfall), every pack, every institution's supervision and
/// counters, the lead time of every booking and hold, and what the tables of plans say of each other. The check shares no code with the code that writes these
/// sums. All rows are read at one moment of the database, so a running process need not stop.
/// </summary>
public static class LedgerCheck
{
    /// <summary>Checks the ledger that the settings name. Returns an empty list when the check finds no error. Throws when the ledger does not exist.</summary>
    /// <exception cref="LedgerRestoreInterruptedException">A restore into the folder did not end.</exception>
    public static Task<ImmutableArray<Finding>> Run(LedgerSettings settings, CancellationToken cancellation) => Task.Factory.StartNew(
        () => RunNow(settings), cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>Checks the SQLite ledger that a connection has open.</summary>
    internal static ImmutableArray<Finding> RunNow(SqliteConnection connection) => RunNow(connection, isPostgres: false);

    private static ImmutableArray<Finding> RunNow(LedgerSettings settings)
    {
        using var connection = ReadOnlyLedger.Open(settings);
        return RunNow(connection, settings.ConnectionString is not null);
    }

    private static ImmutableArray<Finding> RunNow(DbConnection connection, bool isPostgres)
    {
        using var session = new ReadSession(connection);
        return session.Snapshot(() =>
        {
            var rows = CheckedRows.Read(session, new Dialect(isPostgres));
            ImmutableArray<Finding> findings =
            [
                .. SeatSums.Findings(rows), .. VoucherSums.Findings(rows), .. SupervisionSums.Findings(rows), .. LeadTimes.Findings(rows),
                .. TrailCounts.Findings(rows), .. PlanSums.Findings(session), .. AccountAddresses.Findings(rows),
            ];
            return findings;
        });
    }
}
