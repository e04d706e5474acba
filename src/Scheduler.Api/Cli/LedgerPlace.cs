using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>Finds the ledger of a verb: the ledger that the command line names, else the ledger that the server's settings name.</summary>
internal static class LedgerPlace
{
    /// <summary>The place of the ledger. Returns null, and adds every fault, when the words or the settings are wrong.</summary>
    public static LedgerSettings? Of(string? folder, string? connection, string[] settings, List<string> faults)
    {
        if (folder is null && connection is null)
        {
            var configuration = new ConfigurationBuilder()
                .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(settings).Build();
            return SchedulerSettings.ForReading(configuration, faults)?.Ledger;
        }

        if (connection is null && FileFaults.PathFault(folder!) is { } fault)
        {
            faults.Add($"The folder of the ledger cannot be '{folder}': {fault}.");
            return null;
        }

        return new() { DataDirectory = folder, ConnectionString = connection };
    }

    /// <summary>The folder of a ledger for a verb that works with files. Returns null, and adds a fault, when the ledger is in PostgreSQL.</summary>
    public static string? Folder(string verb, string? folder, string[] settings, List<string> faults)
    {
        if (Of(folder, null, settings, faults) is not { } ledger)
            return null;
        if (ledger.ConnectionString is null)
            return ledger.DataDirectory;
        faults.Add(
            $"'{verb}' works with the embedded database, and ConnectionStrings__Ledger names PostgreSQL: use pg_dump and pg_restore, or pg_basebackup, "
                + "as docs/operations.md shows.");
        return null;
    }
}
