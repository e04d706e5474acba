using System.Net.Sockets;
using System.Text;

namespace Scheduler.Benchmarks;

/// <summary>Reads the answers of one connection: status, length, body.</summary>
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

    /// <summary>The length of the body; null for a chunked body.</summary>
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
