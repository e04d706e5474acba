using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Scheduler.Tests;

/// <summary>The last answer on a connection over which bytes were sent as they stand. No HTTP library would send a malformed message.</summary>
public sealed record RawReply(int Status, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>Sends characters up to 255, each as one byte, and reads until the server closes the connection.</summary>
    public static async Task<RawReply> To(string url, string message) => Last(await Text(url, message));

    /// <summary>All that the server sends, each byte as one character.</summary>
    public static async Task<string> Text(string url, string message)
    {
        var address = new Uri(url);
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, TestContext.Current.CancellationToken);
        var stream = client.GetStream();
        await stream.WriteAsync(Encoding.Latin1.GetBytes(message), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.Latin1);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }

    private static RawReply Last(string text)
    {
        const string start = "HTTP/1.1 ";
        text.ShouldStartWith(start, customMessage: "the server has to answer");
        var last = text[text.LastIndexOf(start, StringComparison.Ordinal)..];
        var end = last.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var lines = last[..end].Split("\r\n");
        var headers = lines[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        return new(int.Parse(lines[0].AsSpan(start.Length, 3), CultureInfo.InvariantCulture), headers, last[(end + 4)..]);
    }
}
