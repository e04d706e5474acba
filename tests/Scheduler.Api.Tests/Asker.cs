using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>An HTTP answer, read whole.</summary>
public sealed record Heard(int Status, string Text, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    public string Code => (string?)Json["code"] ?? "";

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;

    public override string ToString() => $"{Status} {Text}";
}

/// <summary>One caller at the door, with or without a key.</summary>
public sealed class Asker(HttpClient client, string? key)
{
    public const string Base = "/api/v1";

    public string? Key => key;

    public Task<Heard> Get(string path, params (string Name, string Value)[] headers) => Send("GET", Base + path, null, headers);

    public Task<Heard> Delete(string path, params (string Name, string Value)[] headers) => Send("DELETE", Base + path, null, headers);

    public Task<Heard> Post(string path, object? body, params (string Name, string Value)[] headers) => Send("POST", Base + path, Written(body), headers);

    public Task<Heard> Put(string path, object? body, params (string Name, string Value)[] headers) => Send("PUT", Base + path, Written(body), headers);

    public async Task<Heard> Send(string method, string path, string? body, (string Name, string Value)[] headers, string type = "application/json")
    {
        using var message = new HttpRequestMessage(new(method), path);
        if (key is not null)
            message.Headers.TryAddWithoutValidation("Authorization", $"Bearer {key}");
        if (body is not null)
        {
            message.Content = new StringContent(body, Encoding.UTF8);
            message.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        }

        foreach (var (name, value) in headers)
            message.Headers.TryAddWithoutValidation(name, value);
        using var answer = await client.SendAsync(message, TestContext.Current.CancellationToken);
        return new((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), answer.Headers, answer.Content.Headers);
    }

    /// <summary>A success's body; anything else fails the test with what came instead.</summary>
    public static async Task<JsonNode> Must(Task<Heard> call)
    {
        var reply = await call;
        reply.Status.ShouldBeInRange(200, 299, reply.Text);
        return reply.Text.Length == 0 ? new JsonObject() : reply.Json;
    }

    private static string? Written(object? body) => body switch
    {
        null => null,
        string text => text,
        JsonNode node => node.ToJsonString(),
        _ => System.Text.Json.JsonSerializer.Serialize(body),
    };
}
