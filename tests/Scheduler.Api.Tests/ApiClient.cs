using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>One caller over HTTP, with or without a key. Paths without a leading part of their own lie under the base path of the API.</summary>
public sealed class ApiClient(string url, string? key)
{
    private const string Base = "/api/v1";
    private static readonly string[] _rootPaths = ["/api", "/health", "/openapi", "/docs"];
    private static readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, MaxConnectionsPerServer = 256 });

    public string? Key => key;

    public Task<Reply> Get(string path, params (string Name, string Value)[] headers) => Send("GET", path, null, headers);

    public Task<Reply> Delete(string path, params (string Name, string Value)[] headers) => Send("DELETE", path, null, headers);

    public Task<Reply> Post(string path, object? body, params (string Name, string Value)[] headers) => Send("POST", path, body, headers);

    public Task<Reply> Put(string path, object? body, params (string Name, string Value)[] headers) => Send("PUT", path, body, headers);

    public Task<Reply> Patch(string path, object? body, params (string Name, string Value)[] headers) => Send("PATCH", path, body, headers);

    /// <summary>Sends a call. The body is a text, bytes, or a value to be written as JSON.</summary>
    public async Task<Reply> Send(string method, string path, object? body, params (string Name, string Value)[] headers)
    {
        using var message = new HttpRequestMessage(new(method), url + (path == "/" || IsRoot(path) ? "" : Base) + path);
        if (key is not null)
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (Bytes(body) is { } bytes)
        {
            message.Content = new ByteArrayContent(bytes);
            message.Content.Headers.TryAddWithoutValidation("Content-Type",
                headers.FirstOrDefault(header => header.Name == "Content-Type").Value ?? "application/json");
        }

        foreach (var (name, value) in headers.Where(header => header.Name != "Content-Type"))
            message.Headers.TryAddWithoutValidation(name, value);
        using var answer = await _http.SendAsync(message, TestContext.Current.CancellationToken);
        var reply = new Reply((int)answer.StatusCode, await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken), answer.Headers,
            answer.Content.Headers);
        StartMembers.Check(path, reply);
        return reply;
    }

    /// <summary>Makes a call again for as long as the answer says to come back, each time after as long as it says (429 and 503 must say so).</summary>
    public static async Task<Reply> Patiently(Func<Task<Reply>> call)
    {
        while (true)
        {
            var reply = await call();
            if (reply.Status is not (429 or 503))
                return reply;
            var seconds = int.Parse(reply.Header("Retry-After")!, CultureInfo.InvariantCulture);
            await Task.Delay(TimeSpan.FromSeconds(seconds), TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>A success's body; anything else fails the test with what came instead.</summary>
    public static async Task<JsonNode> Must(Task<Reply> call)
    {
        var reply = await call;
        reply.Status.ShouldBeInRange(200, 299, reply.Text);
        return reply.Text.Length == 0 ? new JsonObject() : reply.Json;
    }

    private static bool IsRoot(string path) => _rootPaths.Any(root => path == root || path.StartsWith(root + "/", StringComparison.Ordinal));

    private static byte[]? Bytes(object? body) => body switch
    {
        null => null,
        byte[] bytes => bytes,
        string text => Encoding.UTF8.GetBytes(text),
        JsonNode node => Encoding.UTF8.GetBytes(node.ToJsonString()),
        _ => System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(body),
    };
}
