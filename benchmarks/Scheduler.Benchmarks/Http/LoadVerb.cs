using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Scheduler.Benchmarks;

/// <summary>
/// Verb <c>load</c>: the load generator. It is a process of its own, so that its work does not count as the server's. It uses raw sockets with HTTP/1.1, and
/// sends one call at a time on each connection.
/// </summary>
internal static class LoadVerb
{
    public static async Task<int> Run()
    {
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            var result = await Run(JsonSerializer.Deserialize<LoadOrder>(line)!);
            Console.WriteLine(JsonSerializer.Serialize(result));
        }

        return 0;
    }

    /// <summary>One round of a load on a server: what the generator measures, and the server's processor time.</summary>
    public static async Task<Sample> Measure(ChildProcess load, ChildProcess server, LoadOrder order)
    {
        var before = server.Cpu;
        var result = JsonSerializer.Deserialize<LoadResult>(await load.Ask(JsonSerializer.Serialize(order)))!;
        if (result.Errors > 0)
            Console.Error.WriteLine($"{result.Errors} answers were not {order.Expect}; the first: {result.FirstError}");
        var cpu = server.Cpu - before;
        return new(result.PerSecond, result.P50, result.P99, cpu.TotalMicroseconds / (result.PerSecond * order.Seconds));
    }

    private static async Task<LoadResult> Run(LoadOrder order)
    {
        var keys = File.ReadAllLines(order.Keys).Select(line => line.Split(' ')).ToArray();
        var latencies = new List<long>[order.Connections];
        var errors = 0;
        string? firstError = null;
        var sockets = new List<Socket>();
        for (var i = 0; i < order.Connections; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, order.Port);
            sockets.Add(socket);
        }

        var started = Stopwatch.GetTimestamp();
        var end = started + (long)(order.Seconds * Stopwatch.Frequency);
        await Task.WhenAll(Enumerable.Range(0, order.Connections).Select(i => Task.Run(() => Calls(i))));
        var sample = Latencies.Sample(latencies, Stopwatch.GetElapsedTime(started).TotalSeconds);
        foreach (var socket in sockets)
            socket.Dispose();
        return new(sample.PerSecond, double.IsNaN(sample.P50) ? 0 : sample.P50, double.IsNaN(sample.P99) ? 0 : sample.P99, errors, firstError);

        async Task Calls(int number)
        {
            var own = latencies[number] = [];
            var random = new Random(number + (int)(started & 0xffffff));
            var request = new LoadRequest(order, keys, random);
            var answer = new LoadAnswer(sockets[number]);
            while (true)
            {
                var asked = Stopwatch.GetTimestamp();
                if (asked >= end)
                    return;
                await sockets[number].SendAsync(request.Next());
                var status = await answer.Read();
                if (status == order.Expect)
                    own.Add(Stopwatch.GetTimestamp() - asked);
                else if (Interlocked.Increment(ref errors) == 1)
                    firstError = $"{status} {answer.Text}";
            }
        }
    }
}
