using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>The built program as a process of its own, to be killed like one. Ready when it says so itself.</summary>
public sealed class ServerProcess : IDisposable
{
    private const string Ready = "Scheduler is ready at ";
    private readonly Process _process;

    private ServerProcess(Process process, string url)
    {
        _process = process;
        Url = url;
    }

    public string Url { get; }

    /// <summary>Starts a server on a free port, its clock at the start of the tests' days, and waits until it is ready.</summary>
    public static async Task<ServerProcess> Start(params (string Name, string Value)[] settings)
    {
        var process = Launch(
            ["--urls", "http://127.0.0.1:0"],
            [
                ("DOTNET_ENVIRONMENT", "Development"), ("Scheduler__Clock__Now", Json.Text(TestApi.Start)),
                ("Scheduler__Bootstrap__OperatorKey", TestApi.OperatorKey), ("Scheduler__Cluster__AllowPlaintext", "true"), .. settings,
            ]);
        var said = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        // Both are read to the end: a full pipe would stop the process.
        process.ErrorDataReceived += (_, line) => said.Enqueue(line.Data ?? "");
        process.OutputDataReceived += (_, line) =>
        {
            said.Enqueue(line.Data ?? "");
            if (line.Data is null || line.Data.StartsWith(Ready, StringComparison.Ordinal))
                ready.TrySetResult(line.Data?[Ready.Length..].Trim());
        };
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        if (await ready.Task.WaitAsync(TestContext.Current.CancellationToken) is { } url)
            return new(process, url);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        throw new InvalidOperationException(string.Join(Environment.NewLine, said));
    }

    /// <summary>Runs a command, or a start that is expected to fail, to its end: its exit code, and what it said on both streams.</summary>
    public static async Task<(int Code, string Said)> Run(string[] words, params (string Name, string Value)[] settings)
    {
        using var process = Launch(words, settings);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, output + await errors);
    }

    /// <summary>Id of the process.</summary>
    public int Id => _process.Id;

    public ApiClient As(string? key) => new(Url, key);

    /// <summary>kill -9.</summary>
    public void Kill()
    {
        _process.Kill();
        _process.WaitForExit();
    }

    /// <summary>SIGTERM, and waits for the end: the exit code.</summary>
    public async Task<int> Stop()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            Kill();
        _process.Dispose();
    }

    private static Process Launch(string[] words, (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServeCommand).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
