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
    /// <summary>Checks the ledger in a folder, in PostgreSQL, or, when both are null, the ledger that the settings name.</summary>
    public static async Task<ExitCode> Run(
        string? folder, string? connection, string[] settings, TextWriter output, TextWriter error, CancellationToken cancellation)
    {
        var faults = new List<string>();
        if (LedgerPlace.Of(folder, connection, settings, faults) is not { } ledger)
            return await Say(error, ExitCode.Usage, string.Join(Environment.NewLine, faults));
        var place = ledger.ConnectionString is null ? $"the ledger in {Path.GetFullPath(ledger.DataDirectory!)}" : "the ledger in PostgreSQL";
        if (ledger.ConnectionString is null && !File.Exists(Path.Combine(ledger.DataDirectory!, LedgerSettings.FileName)))
            return await Say(error, ExitCode.Refused, $"Could not check {place}: there is no {LedgerSettings.FileName}.");
        try
        {
            return await Show(output, place, await LedgerCheck.Run(ledger, cancellation));
        }
        catch (LedgerRestoreInterruptedException interrupted)
        {
            return await Say(error, ExitCode.Unavailable, StartFaults.Expected(interrupted)!.Message);
        }
        catch (Exception away) when (ledger.ConnectionString is not null && away is DbException or SocketException or TimeoutException)
        {
            return await Say(error, ExitCode.Unavailable, $"Could not check {place}: {away.Message}");
        }
        catch (Exception wrong) when (StartFaults.IsConnectionString(wrong))
        {
            return await Say(error, ExitCode.Usage, $"Could not check {place}: the connection string cannot be used. {wrong.Message}");
        }
        catch (Exception unread) when (unread is DbException or IOException or UnauthorizedAccessException or FormatException or InvalidDataException)
        {
            return await Say(error, ExitCode.Refused, $"Could not check {place}: {FileFaults.Why(unread)}.");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            return await Say(error, ExitCode.Failed, $"The check failed, and this is a bug: {fault}");
        }
    }

    private static async Task<ExitCode> Show(TextWriter output, string place, IReadOnlyList<Finding> findings)
    {
        if (findings.Count == 0)
            return await Say(output, ExitCode.Done, $"All adds up in {place}: every slot, voucher, proctor, workstation and lead time.");
        foreach (var line in CopyTexts.Findings(findings))
            await output.WriteLineAsync(line);
        return await Say(output, ExitCode.Found, $"{findings.Count} findings in {place}: these do not add up.");
    }

    private static async Task<ExitCode> Say(TextWriter writer, ExitCode code, string message)
    {
        await writer.WriteLineAsync(message);
        return code;
    }
}
