using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Scheduler.Benchmarks;

/// <summary>
/// A server of static files that answers with the bytes and headers that another server gave before: the same documents, styles and scripts, in the same
/// compression. What the twin was not given is 204, so that a stream of counts ends at once.
/// </summary>
internal sealed class StaticTwin : IAsyncDisposable
{
    private static readonly string[] _kept = ["Content-Type", "Content-Encoding", "Cache-Control", "Content-Security-Policy", "ETag", "Vary"];
    private readonly ConcurrentDictionary<string, Answer> _answers = [];
    private readonly WebApplication _server;

    private StaticTwin(WebApplication server) => _server = server;

    /// <summary>Where the twin listens.</summary>
    public string Url => _server.Urls.First();

    public static async Task<StaticTwin> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = builder.Build();
        var twin = new StaticTwin(server);
        server.Run(twin.Say);
        await server.StartAsync();
        return twin;
    }

    /// <summary>Takes a copy of what <paramref name="client"/> gets for an address; the bytes of its body as they come over the wire.</summary>
    public async Task<int> Copy(HttpClient client, string address)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Accept", "text/html,*/*");
        request.Headers.Add("Accept-Encoding", "gzip, deflate, br, zstd");
        using var answer = await client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(header => _kept.Contains(header.Key, StringComparer.OrdinalIgnoreCase));
        var body = await answer.Content.ReadAsByteArrayAsync();
        _answers[address] = new([.. headers.Select(header => (header.Key, string.Join(", ", header.Value)))], body);
        return body.Length;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task Say(HttpContext http)
    {
        if (!_answers.TryGetValue(http.Request.Path.ToUriComponent() + http.Request.QueryString.ToUriComponent(), out var answer))
        {
            http.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        foreach (var (name, value) in answer.Headers)
            http.Response.Headers[name] = value;
        http.Response.ContentLength = answer.Body.Length;
        await http.Response.Body.WriteAsync(answer.Body);
    }

    private sealed record Answer((string Name, string Value)[] Headers, byte[] Body);
}
