using Npgsql;

namespace Scheduler.Ledger;

/// <summary>The ledger's connection settings for PostgreSQL, and its names there.</summary>
internal static class Postgres
{
    /// <summary>
    /// Classes of the ledger's advisory locks: committers' numbers; rare changes (the catalogue, pools' capacities); the check of a session; and migrations.
    /// </summary>
    public const int CommitterLocks = 0x5ea7;
    public const int RareLocks = 0x5ea8;
    public const int SessionLocks = 0x5ea9;
    public const int MigrationLocks = 0x5eaa;

    /// <summary>The channel on which silos notify each other of commits.</summary>
    public const string Channel = "scheduler_ledger";

    public static string ConnectionString(string text)
    {
        var builder = new NpgsqlConnectionStringBuilder(text)
        {
            ApplicationName = "scheduler-ledger",
            // Each committer and reader keeps its connection, so that the statements stay prepared and the locks stay held.
            Pooling = false,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            // The server's error details contain whole rows, and error messages go into logs.
            IncludeErrorDetail = false,
        };
        return builder.ToString();
    }
}
