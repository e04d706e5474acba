using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>An HTTP answer, read whole.</summary>
public sealed record Reply(int Status, byte[] Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonElement Root
    {
        get
        {
            using var document = JsonDocument.Parse(Body);
            return document.RootElement.Clone();
        }
    }

    /// <summary>The code of a problem document; empty for a success.</summary>
    public string Code => Status >= 400 ? (string?)Json["code"] ?? "" : "";

    public IEnumerable<(string Name, string Value)> AllHeaders =>
        Headers.Concat(ContentHeaders).Where(header => header.Key != "Date").Select(header => (header.Key, string.Join(", ", header.Value)));

    public string? Header(string name) =>
        Headers.TryGetValues(name, out var values) || ContentHeaders.TryGetValues(name, out values) ? string.Join(", ", values) : null;

    public string Member(string name) => Root.GetProperty(name).GetString()!;

    public int Number(string name) => Root.GetProperty(name).GetInt32();

    /// <summary>This reply, when it has the status; fails the test otherwise.</summary>
    public Reply Must(int status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }

    /// <summary>This reply, when it is a whole problem document of the code; fails the test otherwise.</summary>
    public Reply MustRefuse(int status, string code)
    {
        Status.ShouldBe(status, Text);
        Code.ShouldBe(code, Text);
        ContentHeaders.ContentType!.MediaType.ShouldBe("application/problem+json");
        Number("status").ShouldBe(status);
        Member("title").ShouldNotBeNullOrWhiteSpace();
        return this;
    }

    public override string ToString() => $"{Status} {Text}";
}
