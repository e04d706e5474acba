using System.Data.Common;
using System.Net.Sockets;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The verb <c>check</c>: computes every slot, voucher, proctor, workstation and lead time of a ledger again from its rows, and names each difference and
/// broken rule. The check reads the ledger as of one moment, so a server may run at the same time.
/// </summary>
internal static class CheckCommand
{
    // A longer list does not help the reader.
    private const int MostShown = 100;

    /// <summary>Checks the ledger in a folder, in PostgreSQL, or, when both are null, the ledger that the settings name.</summary>
    public static async Task<ExitCode> Run(
        string? folder, string? connection, string[] settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var faults = new List<string>();
        if (Ledger(folder, connection, settings, faults) is not { } ledger)
            return await Say(error, ExitCode.Usage, string.Join(Environment.NewLine, faults));
        if (ledger.ConnectionString is null && string.IsNullOrWhiteSpace(ledger.DataDirectory))
            return await Say(error, ExitCode.Usage, "The folder has no name. Name the folder that contains the ledger.");
        var place = ledger.ConnectionString is null ? $"the ledger in {Path.GetFullPath(ledger.DataDirectory!)}" : "the ledger in PostgreSQL";
        if (ledger.ConnectionString is null && !File.Exists(Path.Combine(ledger.DataDirectory!, LedgerSettings.FileName)))
            return await Say(error, ExitCode.Refused, $"Could not check {place}: there is no {LedgerSettings.FileName}.");
        try
        {
            return await Show(output, place, await LedgerCheck.Run(ledger, cancellation));
        }
        catch (Exception away) when (ledger.ConnectionString is not null && away is DbException or SocketException or TimeoutException)
        {
            return await Say(error, ExitCode.Unavailable, $"Could not check {place}: {away.Message}");
        }
        catch (Exception wrong) when (wrong is ArgumentException { Source: "Npgsql" or "System.Data.Common" })
        {
            return await Say(error, ExitCode.Usage, $"Could not check {place}: the connection string cannot be used. {wrong.Message}");
        }
        catch (Exception unread) when (unread is DbException or IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            return await Say(error, ExitCode.Refused, $"Could not check {place}: {unread.Message}");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return await Say(error, ExitCode.Failed, $"The check failed, and this is a bug: {fault}");
        }
    }

    private static LedgerSettings? Ledger(string? folder, string? connection, string[] settings, List<string> faults)
    {
        if (folder is not null || connection is not null)
            return new() { DataDirectory = folder, ConnectionString = connection };
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.GetFullPath("appsettings.json"), optional: true).AddEnvironmentVariables().AddCommandLine(settings).Build();
        return SchedulerSettings.ForReading(configuration, faults)?.Ledger;
    }

    private static async Task<ExitCode> Show(TextWriter output, string place, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return await Say(output, ExitCode.Done, $"All adds up in {place}: every slot, voucher, proctor, workstation and lead time.");
        foreach (var finding in findings.Take(MostShown))
            await output.WriteLineAsync(finding.ToString());
        if (findings.Count > MostShown)
            await output.WriteLineAsync($"… and {findings.Count - MostShown} more.");
        return await Say(output, ExitCode.Found, $"{findings.Count} findings in {place}: these do not add up.");
    }

    private static async Task<ExitCode> Say(TextWriter writer, ExitCode code, string message)
    {
        await writer.WriteLineAsync(message);
        return code;
    }
}
