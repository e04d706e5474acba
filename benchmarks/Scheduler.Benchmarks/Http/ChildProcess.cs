using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.Benchmarks;

/// <summary>A process of ours: a server that is ready once it answers, or one that is told line by line.</summary>
internal sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ChildProcess(Process process, int port)
    {
        _process = process;
        Port = port;
    }

    public int Port { get; }

    /// <summary>Processor time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>The Api as it is built beside us, with its own settings of runtime and collector.</summary>
    public static string ApiProgram => Path.Combine(FiguresPage.Repository(), "src", "Scheduler.Api", "bin", "Release", "net10.0", "Scheduler.Api.dll");

    public static string OwnProgram => Path.Combine(AppContext.BaseDirectory, "Scheduler.Benchmarks.dll");

    /// <summary>A server on a free port; its arguments are told the port.</summary>
    public static ChildProcess Server(string program, Func<int, string[]> arguments, params (string Name, string Value)[] environment)
    {
        var port = FreePort();
        return new(Start(program, arguments(port), environment), port);
    }

    public static ChildProcess Load() => new(Start(OwnProgram, ["load"], []), 0);

    public static ChildProcess Api(string folder, string key, string? connection, bool demo = false) => Server(
        ApiProgram,
        port => ["--urls", $"http://127.0.0.1:{port}"],
        [
            ("Scheduler__DataDirectory", folder), ("Scheduler__Bootstrap__OperatorKey", key), .. connection is null ? [] : new[] { ("ConnectionStrings__Ledger", connection) },
            .. demo ? new[] { ("Scheduler__Demo", "true") } : [],
        ]);

    /// <summary>Asks until the path answers 200.</summary>
    public async Task Ready(string path)
    {
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}") };
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"The server ended with {_process.ExitCode}: {await _process.StandardError.ReadToEndAsync()}{await _process.StandardOutput.ReadToEndAsync()}");
            try
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            await pause.WaitForNextTickAsync();
        }
    }

    public async Task<string> Tell(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException(await _process.StandardError.ReadToEndAsync());
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string program, string[] arguments, (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = AppContext.BaseDirectory,
        };
        foreach (var argument in (string[])[program, .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
