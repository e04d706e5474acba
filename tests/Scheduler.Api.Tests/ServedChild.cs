using System.Diagnostics;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>The built program as a process of its own, to be killed without warning.</summary>
public sealed class ServedChild : IAsyncDisposable
{
    private const string Ready = "Scheduler is ready at ";
    private readonly Process _process;
    private readonly HttpClient _client;

    private ServedChild(Process process, string url)
    {
        _process = process;
        _client = new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new(url) };
    }

    public int ExitCode => _process.ExitCode;

    /// <summary>Starts on a folder, its clock at the town's start, and waits until it says that it is ready.</summary>
    public static async Task<ServedChild> Start(string folder)
    {
        var process = Launch(["--urls", "http://127.0.0.1:0"], folder, ("Scheduler__Clock__Now", Town.Text(Town.Start)), ("DOTNET_ENVIRONMENT", "Development"), ("Scheduler__Bootstrap__OperatorKey", Town.OperatorKey));
        while (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                // Nobody reads the rest: a full pipe would stop the child.
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
                return new(process, line[Ready.Length..].Trim());
            }
        }

        throw new InvalidOperationException("The child ended before it was ready: " + await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>Starts a process that is expected to fail by itself: its exit code and what it said.</summary>
    public static async Task<(int Code, string Errors)> Fails(string folder, params (string Name, string Value)[] settings)
    {
        using var process = Launch(["--urls", "http://127.0.0.1:0"], folder, settings);
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await errors);
    }

    /// <summary>The check command: its exit code and what it found.</summary>
    public static async Task<(int Code, string Said)> Check(string folder)
    {
        using var process = Launch(["check"], folder);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        var said = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, said);
    }

    public Asker As(string? key) => new(_client, key);

    /// <summary>kill -9.</summary>
    public async Task Kill()
    {
        _process.Kill();
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>SIGTERM, and waits for the end.</summary>
    public async Task Stop()
    {
        using var signal = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync(TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        if (!_process.HasExited)
            await Kill();
        _process.Dispose();
    }

    private static Process Launch(string[] words, string folder, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ServeHost).Assembly.Location, .. words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false,
        };
        start.Environment["Scheduler__DataDirectory"] = folder;
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
