namespace Scheduler.Api;

/// <summary>The verb <c>serve</c>: serves until it is stopped.</summary>
internal static class ServeCommand
{
    /// <summary>Serves with these settings, <c>--Section:Key=value</c> each.</summary>
    public static async Task<ExitCode> Run(string[] settings, TextWriter output, TextWriter error)
    {
        try
        {
            var faults = new List<string>();
            if (ServeHost.Prepare(settings, faults) is not { } plan)
                throw new StartRefusedException(ExitCode.Usage, string.Join(Environment.NewLine, faults));
            await using var host = await ServeHost.Open(plan);
            await host.Start();
            await Greeting.Write(host, output, error);
            await host.WaitForStop();
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            await error.WriteLineAsync("Stopped before the server was ready.");
            return ExitCode.Done;
        }
        catch (Exception fault) when (StartFaults.Expected(fault) is { } refused)
        {
            await error.WriteLineAsync(refused.Message);
            return refused.Code;
        }
        catch (Exception fault)
        {
            await error.WriteLineAsync($"The server failed, and this is a bug: {fault}");
            return ExitCode.Failed;
        }
    }
}
