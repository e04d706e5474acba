using System.Data.Common;
using Scheduler.Ledger;

namespace Scheduler.Api;

/// <summary>
/// The <c>check</c> command: re-adds every slot, pack, proctor and lead time of a ledger from its rows, by code of its own, and says what is wrong. A running process need not stop for it.
/// Exit codes: 0 all adds up; 1 something does not; 64 a setting is wrong; 69 there is no such ledger.
/// </summary>
internal static class CheckCommand
{
    private const int Wrong = 1;
    private const int BadSetting = 64;
    private const int NotAvailable = 69;

    public static async Task<int> Run(string[] args)
    {
        var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
        var faults = new List<string>();
        if (ServeSettings.Read(configuration, isDevelopment: true, faults) is not { } settings)
            return await Say(BadSetting, string.Join(Environment.NewLine, faults));
        try
        {
            var findings = await LedgerCheck.Run(new() { DataDirectory = settings.DataDirectory, ConnectionString = settings.ConnectionString }, CancellationToken.None);
            foreach (var finding in findings)
                await Console.Out.WriteLineAsync(finding.ToString());
            await Console.Out.WriteLineAsync(findings.IsEmpty ? "All adds up." : $"{findings.Length} findings.");
            return findings.IsEmpty ? 0 : Wrong;
        }
        catch (DbException missing)
        {
            return await Say(NotAvailable, $"No ledger can be read there: {missing.Message}");
        }
    }

    private static async Task<int> Say(int code, string message)
    {
        await Console.Error.WriteLineAsync(message);
        return code;
    }
}
