using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Scheduler.Benchmarks;

/// <summary>What the load generator is told: one line of JSON each.</summary>
internal sealed record LoadOrder
{
    public required int Port { get; init; }
    public required int Connections { get; init; }
    public required double Seconds { get; init; }

    /// <summary>File of <c>institution token</c> lines.</summary>
    public required string Keys { get; init; }

    /// <summary>Path of a GET; null to post bookings.</summary>
    public string? Path { get; init; }

    /// <summary>The pool to book in; null for any.</summary>
    public int? Pool { get; init; }

    /// <summary>First hour of the season to book in, and how many.</summary>
    public int FirstHour { get; init; }
    public int Hours { get; init; } = BenchSeason.Hours - 1;

    public int LeastSeats { get; init; } = 1;

    /// <summary>The status that counts; anything else is an error.</summary>
    public int Expect { get; init; } = 201;
}

/// <summary>What it came to.</summary>
internal sealed record LoadResult(double PerSecond, double P50, double P99, int Errors, string? FirstError);

/// <summary>
/// Verb <c>load</c>: the load generator, a process of its own so that its work is not the server's. Raw sockets, HTTP/1.1 kept alive, one call at a time on each connection.
/// </summary>
internal static class LoadVerb
{
    public static async Task<int> Run()
    {
        while (Console.ReadLine() is { Length: > 0 } line)
        {
            var result = await Carry(JsonSerializer.Deserialize<LoadOrder>(line)!);
            Console.WriteLine(JsonSerializer.Serialize(result));
        }

        return 0;
    }

    private static async Task<LoadResult> Carry(LoadOrder order)
    {
        var keys = File.ReadAllLines(order.Keys).Select(line => line.Split(' ')).ToArray();
        var waits = new List<long>[order.Connections];
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
        var sample = Waits.Sample(waits, Stopwatch.GetElapsedTime(started).TotalSeconds);
        foreach (var socket in sockets)
            socket.Dispose();
        return new(sample.PerSecond, double.IsNaN(sample.P50) ? 0 : sample.P50, double.IsNaN(sample.P99) ? 0 : sample.P99, errors, firstError);

        async Task Calls(int number)
        {
            var own = waits[number] = [];
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

/// <summary>Writes one connection's requests into one buffer.</summary>
internal sealed class LoadRequest(LoadOrder order, string[][] keys, Random random)
{
    private readonly byte[] _buffer = new byte[2_048];

    public ReadOnlyMemory<byte> Next()
    {
        var key = keys[random.Next(keys.Length)];
        if (order.Path is { } path)
            return Bytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key[1]}\r\n\r\n");
        var pool = order.Pool ?? random.Next(FurnishedApi.FullPool);
        var start = Scheduler.Domain.SlotMinutes.ToInstant(BenchSeason.FirstMinutes + (60 * (order.FirstHour + random.Next(order.Hours))));
        var isLong = order.Hours > 1 && random.Next(2) == 0;
        var mode = random.Next(10) == 0 ? "online" : "lab";
        var body = $$"""{"exam":"{{(isLong ? "access-long" : "mos-excel")}}","pool":"office-{{pool:00}}","start":"{{start}}","seats":{{random.Next(order.LeastSeats, 31)}},"mode":"{{mode}}","reference":"class 10B"}""";
        return Bytes(
            $"POST /api/v1/institutions/{key[0]}/bookings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key[1]}\r\nIdempotency-Key: {random.NextInt64():x16}{random.NextInt64():x16}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private ReadOnlyMemory<byte> Bytes(string text) => _buffer.AsMemory(0, Encoding.ASCII.GetBytes(text, _buffer));
}

/// <summary>Reads one connection's answers: status, length, body.</summary>
internal sealed class LoadAnswer(Socket socket)
{
    private const int Chunked = int.MaxValue - 1;
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _length;

    public string Text => Encoding.UTF8.GetString(_buffer, 0, Math.Min(_length, 1_000));

    public async ValueTask<int> Read()
    {
        _length = 0;
        var bodyAt = -1;
        var whole = int.MaxValue;
        while (_length < whole && !(whole == Chunked && _buffer.AsSpan(0, _length).EndsWith("\r\n0\r\n\r\n"u8)))
        {
            var read = await socket.ReceiveAsync(_buffer.AsMemory(_length));
            if (read == 0)
                return 0;
            _length += read;
            if (bodyAt < 0 && (bodyAt = _buffer.AsSpan(0, _length).IndexOf("\r\n\r\n"u8)) >= 0)
                whole = BodyLength(_buffer.AsSpan(0, bodyAt)) is { } length ? bodyAt + 4 + length : Chunked;
        }

        return ((_buffer[9] - '0') * 100) + ((_buffer[10] - '0') * 10) + (_buffer[11] - '0');
    }

    /// <summary>Null when it comes in chunks.</summary>
    private static int? BodyLength(ReadOnlySpan<byte> head)
    {
        var at = head.IndexOf("Content-Length: "u8);
        if (at < 0)
            return null;
        var rest = head[(at + 16)..];
        var length = 0;
        foreach (var digit in rest)
        {
            if (digit is < (byte)'0' or > (byte)'9')
                break;
            length = (length * 10) + (digit - '0');
        }

        return length;
    }
}
