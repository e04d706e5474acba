using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Scheduler.Benchmarks;

/// <summary>A child process: a server, or a program that answers line by line.</summary>
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

    /// <summary>The built Api, with its own settings of the runtime and the garbage collector.</summary>
    public static string ApiProgram => Path.Combine(FiguresPage.Repository(), "src", "Scheduler.Api", "bin", "Release", "net10.0", "Scheduler.Api.dll");

    public static string OwnProgram => Path.Combine(AppContext.BaseDirectory, "Scheduler.Benchmarks.dll");

    /// <summary>Starts a server on a free port, which <paramref name="arguments"/> gets.</summary>
    public static ChildProcess Server(string program, Func<int, string[]> arguments, params (string Name, string Value)[] environment)
    {
        var port = FreePort();
        return new(Start(program, arguments(port), environment), port);
    }

    public static ChildProcess Load() => new(Start(OwnProgram, ["load"], []), 0);

    /// <summary>Starts the Api.</summary>
    /// <param name="folder">The data directory.</param>
    /// <param name="key">The key of the first operator.</param>
    /// <param name="connection">A PostgreSQL database; null for SQLite in the data directory.</param>
    /// <param name="isDemo">Whether to load the demo season.</param>
    public static ChildProcess Api(string folder, string key, string? connection = null, bool isDemo = false)
    {
        List<(string Name, string Value)> environment = [("Scheduler__DataDirectory", folder), ("Scheduler__Bootstrap__OperatorKey", key)];
        if (connection is not null)
        {
            environment.Add(("ConnectionStrings__Ledger", connection));
            environment.Add(("Scheduler__Cluster__AllowPlaintext", "true"));
            environment.Add(("Scheduler__Cluster__AdvertisedAddress", "127.0.0.1"));
        }

        if (isDemo)
            environment.Add(("Scheduler__Demo", "true"));
        return Server(ApiProgram, port => ["--urls", $"http://127.0.0.1:{port}"], [.. environment]);
    }

    /// <summary>Repeats a GET until its answer is 200.</summary>
    public async Task Ready(string path)
    {
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{Port}") };
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        while (true)
        {
            if (_process.HasExited)
            {
                var output = await _process.StandardError.ReadToEndAsync() + await _process.StandardOutput.ReadToEndAsync();
                throw new InvalidOperationException($"The server ended with {_process.ExitCode}: {output}");
            }

            try
            {
                using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
                if (answer.StatusCode == HttpStatusCode.OK)
                    return;
            }
            catch (HttpRequestException)
            {
                // The server does not listen yet.
            }

            await pause.WaitForNextTickAsync();
        }
    }

    /// <summary>Sends a line, and reads the line that answers it.</summary>
    public async Task<string> Ask(string line)
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
