using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Scheduler.Api;

/// <summary>Without a command: serves until told to stop. Exit codes: 0 stopped in order; 64 a setting is wrong; 69 the database or the port cannot be had; 70 anything else.</summary>
internal static class ServeCommand
{
    private const int BadSetting = 64;
    private const int NotAvailable = 69;
    private const int Failed = 70;

    public static async Task<int> Run(string[] args)
    {
        var faults = new List<string>();
        try
        {
            if (ServeHost.Prepare(args, faults) is not { } plan)
                return Say(BadSetting, string.Join(Environment.NewLine, faults));
            await using var host = await ServeHost.Open(plan);
            await host.Start();
            Greet(host);
            await host.WaitForStop();
            return 0;
        }
        catch (InvalidOperationException refused) when (refused.InnerException is null or IOException)
        {
            return Say(NotAvailable, refused.Message);
        }
        catch (IOException blocked)
        {
            return Say(NotAvailable, blocked.Message);
        }
        catch (Exception away) when (BrokenWorld.IsIn(away))
        {
            return Say(NotAvailable, $"The database cannot be had: {away.Message}");
        }
        catch (Exception wrong) when (wrong is ArgumentException or FormatException)
        {
            return Say(BadSetting, $"A setting cannot be used as it stands; look at ConnectionStrings__Ledger and --urls. {wrong.Message}");
        }
        catch (Exception fault)
        {
            return Say(Failed, $"The start failed. {fault}");
        }
    }

    private static void Greet(ServeHost host)
    {
        var url = host.Urls.FirstOrDefault() ?? "";
        var words = new List<string> { $"Scheduler is ready at {url}" };
        words.Add(host.Plan.Settings.ConnectionString is null
            ? $"Its database is in {Path.GetFullPath(host.Plan.Settings.DataDirectory)}; one process at a time may use it."
            : $"Its ledger is PostgreSQL; this silo belongs to the cluster '{host.Plan.Settings.ClusterId}'.");
        if (host.Plan.Settings.Now is { } now)
            words.Add($"The rules' clock was set to {now}.");
        if (host.Demo is { } demo)
        {
            words.AddRange(demo.Words(url));
        }
        else if (host.DrawnKey is { } key)
        {
            words.Add($"The first operator's key, shown this once and kept nowhere: {key}");
            words.Add("Next: keep it safe, then make pools, capacity, exams and schools; docs/http-api.md walks through it. To see that it works:");
            words.Add($"  curl -H 'Authorization: Bearer {key}' {url}{Door.Path}/me");
        }
        else
        {
            words.Add($"Next: sign in with an operator's key. Lost it? Start once with Scheduler__Bootstrap__OperatorKey set to a new one. All routes: {url}/openapi/v1.json");
        }

        Console.Out.WriteLine(string.Join(Environment.NewLine, words));
        Console.Out.Flush();
    }

    private static int Say(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
