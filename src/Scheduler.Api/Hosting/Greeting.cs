namespace Scheduler.Api;

/// <summary>The lines that the console shows when the server is ready: the address of the server, the place of the data, and the next step.</summary>
internal static class Greeting
{
    public static async Task Write(ServeHost host, TextWriter output, TextWriter error)
    {
        if (host.KeyRefusal is { } refusal)
            await error.WriteLineAsync(refusal);
        await output.WriteLineAsync(string.Join(Environment.NewLine, Lines(host)));
        await output.FlushAsync();
    }

    private static IEnumerable<string> Lines(ServeHost host)
    {
        var listens = host.Urls.FirstOrDefault() ?? "";
        var url = ListenAddresses.ToOpen(listens);
        var settings = host.Plan.Settings;
        yield return $"Scheduler is ready at {url}";
        if (url != listens)
            yield return $"The server listens at all addresses of this machine ({listens}), so other machines can reach it by the machine's name.";
        yield return settings.ConnectionString is null
            ? $"The database is in {Path.GetFullPath(settings.Options.DataDirectory)}; one process at a time may use the database."
            : $"The ledger is in PostgreSQL; this process belongs to the cluster '{settings.Options.ClusterId}', "
                + $"whose processes connect {(settings.Options.Cluster.AllowPlaintext ? "without TLS" : "with TLS")}.";
        if (settings.Now is { } now)
            yield return $"The clock of the rules was set to {now}.";
        if (host.Demo is { } demo)
        {
            foreach (var line in DemoGreeting.Lines(demo, url))
                yield return line;
        }
        else if (host.DrawnKey is { } key)
        {
            yield return $"The first operator's key, shown this once and stored nowhere: {key}";
            yield return "Next: keep the key in a safe place, and make the first operator's account with it at "
                + $"{SignInPaths.ForBrowsers(url)}{SignInPaths.First}";
            yield return "Programs use the key itself, for example to add pools, capacity, exams and schools (docs/start.md). To try the key:";
            yield return $"  curl -H 'Authorization: Bearer {key}' {url}{ApiSetup.BasePath}/me";
        }
        else
        {
            yield return $"Next: call {url}{ApiSetup.BasePath}/me with an operator's key. "
                + $"If you have no such key, start once with {SettingNames.Name("Bootstrap:OperatorKey")} set to a new one.";
        }
    }
}
