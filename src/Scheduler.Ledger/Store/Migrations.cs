using System.Data;
using DbUp;
using DbUp.Builder;
using DbUp.Engine.Output;
using Microsoft.Extensions.Logging;

namespace Scheduler.Ledger;

/// <summary>
/// Brings a database's schema up to date by numbered scripts. Each script runs once, in order; a table of the database stores which scripts have run.
/// </summary>
internal static class Migrations
{
    /// <summary>The names of the scripts of a SQLite ledger, as its table of scripts has them.</summary>
    public static IReadOnlySet<string> SqliteScripts { get; } = typeof(Migrations).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Prefix("Sqlite"), StringComparison.Ordinal)).ToHashSet();

    public static void Sqlite(string connectionString, ILogger log) =>
        Run(DeployChanges.To.SqliteDatabase(connectionString), "Sqlite", log);

    public static void Postgres(string connectionString, ILogger log) =>
        Run(DeployChanges.To.PostgresqlDatabase(connectionString), "Postgres", log);

    private static string Prefix(string folder) => $"Scheduler.Ledger.Schema.{folder}.";

    private static void Run(UpgradeEngineBuilder builder, string folder, ILogger log)
    {
        var prefix = Prefix(folder);
        var result = builder
            .WithScriptsEmbeddedInAssembly(typeof(Migrations).Assembly, name => name.StartsWith(prefix, StringComparison.Ordinal))
            .WithVariablesDisabled()
            .WithTransactionPerScript()
            // Without a limit of time: a script that fills a column of a large ledger takes longer than the driver's 30 seconds.
            .WithExecutionTimeout(TimeSpan.Zero)
            .LogTo(new Log(log))
            .Build()
            .PerformUpgrade();
        if (!result.Successful)
            throw new LedgerSchemaException(result.ErrorScript?.Name, result.Error);
    }

    private sealed class Log(ILogger log) : IUpgradeLog
    {
        public void LogTrace(string format, params object[] args) => log.LogTrace("{Message}", string.Format(null, format, args));

        public void LogDebug(string format, params object[] args) => log.LogDebug("{Message}", string.Format(null, format, args));

        public void LogInformation(string format, params object[] args) => log.LogDebug("{Message}", string.Format(null, format, args));

        public void LogWarning(string format, params object[] args) => log.LogWarning("{Message}", string.Format(null, format, args));

        public void LogError(string format, params object[] args) => log.LogError("{Message}", string.Format(null, format, args));

        public void LogError(Exception ex, string format, params object[] args) => log.LogError(ex, "{Message}", string.Format(null, format, args));
    }
}
