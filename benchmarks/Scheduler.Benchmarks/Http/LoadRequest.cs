using System.Text;
using Scheduler.Domain;

namespace Scheduler.Benchmarks;

/// <summary>Writes the requests of one connection into one buffer.</summary>
internal sealed class LoadRequest(LoadOrder order, string[][] keys, Random random)
{
    private readonly byte[] _buffer = new byte[2_048];

    public ReadOnlyMemory<byte> Next()
    {
        var key = keys[random.Next(keys.Length)];
        if (order.Path is { } path)
            return Bytes($"GET {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key[1]}\r\n\r\n");
        var pool = order.Pool ?? random.Next(BenchApi.FullPool);
        var start = SlotMinutes.ToInstant(BenchSeason.FirstMinutes + (60 * (order.FirstHour + random.Next(order.Hours))));
        var isLong = order.Hours > 1 && random.Next(2) == 0;
        var mode = random.Next(10) == 0 ? "online" : "lab";
        var exam = isLong ? "access-long" : "mos-excel";
        var seats = random.Next(order.LeastSeats, 31);
        var body = $$"""{"exam":"{{exam}}","pool":"office-{{pool:00}}","start":"{{start}}","seats":{{seats}},"mode":"{{mode}}","reference":"class 10B"}""";
        return Bytes(
            $"POST /api/v1/institutions/{key[0]}/bookings HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key[1]}\r\n"
            + $"Idempotency-Key: {random.NextInt64():x16}{random.NextInt64():x16}\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }

    private ReadOnlyMemory<byte> Bytes(string text) => _buffer.AsMemory(0, Encoding.ASCII.GetBytes(text, _buffer));
}
