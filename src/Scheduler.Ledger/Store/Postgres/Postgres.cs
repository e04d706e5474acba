using Npgsql;

namespace Scheduler.Ledger;

/// <summary>The ledger's connection settings for PostgreSQL, and its names there.</summary>
internal static class Postgres
{
    /// <summary>Classes of the ledger's advisory locks: committers' numbers; and rare changes (the catalogue, pools' capacities) and migrations.</summary>
    public const int CommitterLocks = 0x5ea7;
    public const int RareLocks = 0x5ea8;

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
        // An acknowledged booking must be on disk, also when the server's default is another one.
        builder.Options = string.Join(' ', new[] { builder.Options, "-c synchronous_commit=on" }.Where(option => option is not null));
        return builder.ToString();
    }
}
