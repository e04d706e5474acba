using System.Net.Sockets;
using System.Text;

namespace Scheduler.Tests;

/// <summary>A call whose body never comes. The server is inside the call once it has asked for the body.</summary>
public sealed class StalledCall : IAsyncDisposable
{
    private readonly TcpClient _client;
    private readonly StreamReader _answer;

    // The status line when the server answered before it asked for the body.
    private readonly string? _early;

    private StalledCall(TcpClient client, StreamReader answer, string? early) => (_client, _answer, _early) = (client, answer, early);

    public static async Task<StalledCall> Open(TestApi api)
    {
        var url = new Uri(api.Url);
        var client = new TcpClient();
        await client.ConnectAsync(url.Host, url.Port, TestContext.Current.CancellationToken);
        var head = $"POST /api/v1/api-keys HTTP/1.1\r\nHost: {url.Host}\r\nAuthorization: Bearer {api.Operator.Key}\r\n"
            + "Content-Type: application/json\r\nContent-Length: 10\r\nExpect: 100-continue\r\n\r\n";
        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(head), TestContext.Current.CancellationToken);
        var answer = new StreamReader(client.GetStream(), Encoding.ASCII);
        var line = await answer.ReadLineAsync(TestContext.Current.CancellationToken);
        if (line != "HTTP/1.1 100 Continue")
            return new(client, answer, line);
        await answer.ReadLineAsync(TestContext.Current.CancellationToken);
        return new(client, answer, null);
    }

    /// <summary>The status line of the answer, once the server gives the call up.</summary>
    public async Task<string?> StatusLine() => _early ?? await _answer.ReadLineAsync(TestContext.Current.CancellationToken);

    /// <summary>Everything that comes after the status line, up to the end of a body of so many characters.</summary>
    public async Task<string> Rest(string end)
    {
        var text = new StringBuilder();
        var buffer = new char[1];
        while (!text.ToString().EndsWith(end, StringComparison.Ordinal) && await _answer.ReadAsync(buffer, TestContext.Current.CancellationToken) > 0)
            text.Append(buffer[0]);
        return text.ToString();
    }

    /// <summary>Sends a part of the body.</summary>
    public async Task Send(string part) => await _client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(part), TestContext.Current.CancellationToken);

    /// <summary>Ends the connection: in good order, or by a reset.</summary>
    public void Leave(bool isReset)
    {
        if (isReset)
            _client.Client.LingerState = new(true, 0);
        _client.Close();
    }

    public ValueTask DisposeAsync()
    {
        _answer.Dispose();
        _client.Dispose();
        return ValueTask.CompletedTask;
    }
}
