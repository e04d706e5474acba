using System.Net;
using System.Text.RegularExpressions;

namespace Scheduler.Tests;

/// <summary>A browser without a screen: keeps cookies, sends forms with the token of their page, follows no redirect.</summary>
public sealed partial class PageClient : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _url;

    /// <param name="url">The server.</param>
    /// <param name="cookies">Cookies of an earlier browser; null for none.</param>
    /// <param name="language">The language of the browser; null for none.</param>
    public PageClient(string url, CookieContainer? cookies = null, string? language = null)
    {
        _url = url;
        _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies ?? new() }) { BaseAddress = new(url) };
        _http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        if (language is not null)
            _http.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language);
    }

    public async Task<(HttpStatusCode Status, string Text, string? Location)> Get(string path) => await Read(new(HttpMethod.Get, path));

    /// <summary>Sends the form of a page. Without an origin of its own, the form comes from the page.</summary>
    public async Task<(HttpStatusCode Status, string Text, string? Location)> Send(
        string path, string handler, (string Name, string Value)[] fields, string? page = null, string? origin = null, bool withToken = true)
    {
        var token = Token().Match((await Get(page ?? path)).Text).Groups[1].Value;
        List<KeyValuePair<string, string>> form = [.. fields.Select(field => KeyValuePair.Create(field.Name, field.Value))];
        if (handler.Length > 0)
            form.Add(new("_handler", handler));
        if (withToken)
            form.Add(new("__RequestVerificationToken", WebUtility.HtmlDecode(token)));
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(form) };
        request.Headers.Add("Origin", origin ?? _url);
        request.Headers.Referrer = new(new Uri(_url), page ?? path);
        return await Read(request);
    }

    /// <summary>Signs in with an API key.</summary>
    public async Task SignIn(string key) =>
        (await Send("/sign-in/key", "key", [("Key", key)])).Status.ShouldBe(HttpStatusCode.Found);

    /// <summary>The events of a stream, each with its kind and its data, as they come. The stream ends with the loop.</summary>
    public async IAsyncEnumerable<(string Kind, string Data)> Events(string path)
    {
        var cancellation = TestContext.Current.CancellationToken;
        using var answer = await _http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        using var lines = new StreamReader(await answer.Content.ReadAsStreamAsync(cancellation));
        var kind = "";
        while (await lines.ReadLineAsync(cancellation) is { } line)
        {
            if (line.StartsWith("event: ", StringComparison.Ordinal))
                kind = line["event: ".Length..];
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
                yield return (kind, line["data: ".Length..]);
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<(HttpStatusCode Status, string Text, string? Location)> Read(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await _http.SendAsync(request, TestContext.Current.CancellationToken);
            var location = answer.Headers.Location is { IsAbsoluteUri: true } place ? place.PathAndQuery : answer.Headers.Location?.ToString();
            return (answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), location);
        }
    }

    [GeneratedRegex("""__RequestVerificationToken" value="([^"]*)""")]
    private static partial Regex Token();
}
