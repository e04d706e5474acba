using System.Data.Common;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The <c>check</c> command: re-adds every slot, voucher, proctor, workstation and lead time of a ledger from its rows, and says what is wrong. It only reads, one moment of the
/// ledger, so a server may run meanwhile. The same settings as for serving name the ledger. Exit codes: 0 all adds up; 1 something does not, one line each; 2 it could not be checked.
/// </summary>
internal static class CheckCommand
{
    private const int Wrong = 1;
    private const int NotChecked = 2;

    // Whoever has more than this many findings needs the first of them, not all.
    private const int MostShown = 100;

    public static async Task<int> Run(string[] args, TextWriter output, TextWriter error)
    {
        var faults = new List<string>();
        var configuration = new ConfigurationBuilder().AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(args).Build();
        // The clock plays no part in a check, so a moved one is no fault.
        if (ServeSettings.Read(configuration, isDevelopment: true, faults) is not { } settings)
            return await Say(error, NotChecked, string.Join(Environment.NewLine, faults));
        var place = settings.ConnectionString is null ? $"the ledger in {Path.GetFullPath(settings.DataDirectory)}" : "the ledger in PostgreSQL";
        if (settings.ConnectionString is null && !File.Exists(Path.Combine(settings.DataDirectory, "ledger.db")))
            return await Say(error, NotChecked, $"Could not check {place}: there is no ledger.db. Scheduler__DataDirectory names the folder.");
        try
        {
            var findings = await LedgerCheck.Run(
                new() { DataDirectory = settings.DataDirectory, ConnectionString = settings.ConnectionString }, CancellationToken.None);
            if (findings.IsEmpty)
                return await Say(output, 0, $"All adds up in {place}: every slot, voucher, proctor, workstation and lead time.");
            foreach (var finding in findings.Take(MostShown))
                await output.WriteLineAsync(finding.ToString());
            if (findings.Length > MostShown)
                await output.WriteLineAsync($"… and {findings.Length - MostShown} more.");
            return await Say(output, Wrong, $"{findings.Length} things do not add up in {place}.");
        }
        catch (Exception unread) when (unread is DbException or IOException or InvalidOperationException or UnauthorizedAccessException or FormatException)
        {
            return await Say(error, NotChecked, $"Could not check {place}: {unread.Message}");
        }
    }

    private static async Task<int> Say(TextWriter writer, int code, string message)
    {
        await writer.WriteLineAsync(message);
        return code;
    }
}
