using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Scheduler.Domain;

namespace Scheduler.Tests;

/// <summary>
/// Messages that break HTTP itself, sent byte by byte. The web server rejects most of them before any code of ours runs; each still gets a problem document.
/// </summary>
public sealed class MalformedMessages(ApiFixture api) : IClassFixture<ApiFixture>
{
    private const string Key = $"Authorization: Bearer {TestApi.OperatorKey}\r\n";
    private const string Good = $"Host: here\r\n{Key}Connection: close\r\n";
    private const string Json = "Content-Type: application/json\r\n";
    private const string Pool = """{"name":"n","zone":"Etc/UTC","image":"i"}""";

    /// <summary>Each message with the status of its answer.</summary>
    public static TheoryData<string, int> Messages => new()
    {
        { $"GET /api/v1/pools/%00 HTTP/1.1\r\n{Good}\r\n", 400 },
        { $"GET /api/v1/pools/\0 HTTP/1.1\r\n{Good}\r\n", 400 },
        { $"GET /api/v1/pools/\u00e9 HTTP/1.1\r\n{Good}\r\n", 400 },
        { $"GET /api/v1/audit?subject=\0 HTTP/1.1\r\n{Good}\r\n", 400 },
        { $"GET /api/v1/a b HTTP/1.1\r\n{Good}\r\n", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\n{Key}\r\n", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\nHost:\r\n{Key}Connection: close\r\n\r\n", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\nHost: a b\r\n{Key}\r\n", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\nHost: there\r\n{Good}\r\n", 400 },
        { $"GET http://elsewhere/api/v1/me HTTP/1.1\r\n{Good}\r\n", 400 },
        { $"GET * HTTP/1.1\r\n{Good}\r\n", 405 },
        { "HELLO\r\n\r\n", 400 },
        { "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\n{Good}X: a\0b\r\n\r\n", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\n{Good}no colon\r\n\r\n", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\n{Good}X: a\r\n b\r\n\r\n", 400 },
        { $"PUT /api/v1/pools/new HTTP/1.1\r\n{Good}{Json}Idempotency-Key: a\0b\r\nContent-Length: {Pool.Length}\r\n\r\n{Pool}", 400 },
        { $"PUT /api/v1/pools/new HTTP/1.1\r\n{Good}{Json}Content-Length: -5\r\n\r\n{Pool}", 400 },
        { $"PUT /api/v1/pools/new HTTP/1.1\r\n{Good}{Json}Content-Length: 5\r\nContent-Length: 6\r\n\r\n{Pool}", 400 },
        { $"PUT /api/v1/pools/new HTTP/1.1\r\n{Good}{Json}Transfer-Encoding: gzip\r\n\r\n{Pool}", 400 },
        { $"PUT /api/v1/pools/new HTTP/1.1\r\n{Good}{Json}Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400 },
        { $"PUT /api/v1/pools/new HTTP/1.1\r\n{Good}{Json}Transfer-Encoding: chunked\r\n\r\nzz\r\n{Pool}\r\n0\r\n\r\n", 400 },
        { $"PUT /api/v1/pools/new HTTP/1.0\r\n{Key}{Json}\r\n{Pool}", 400 },
        { $"GET /api/v1/me HTTP/1.1\r\nHost: here\r\n{Key}\r\nGET /api/v1/pools/%00 HTTP/1.1\r\n{Good}\r\n", 400 },
    };

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task A_malformed_message_gets_a_problem_document(string message, int status)
    {
        MustBeProblem(await RawReply.To(api.Url, message), status);
        (await api.Operator.Get("/pools/new")).Must(404);
    }

    [Fact]
    public async Task A_rejected_HEAD_gets_the_headers_without_the_document()
    {
        var reply = await RawReply.To(api.Url, $"HEAD /api/v1/me HTTP/1.1\r\n{Key}\r\n");
        (reply.Status, reply.Headers["Content-Type"], reply.Body).ShouldBe((400, "application/problem+json", ""));
        int.Parse(reply.Headers["Content-Length"], CultureInfo.InvariantCulture).ShouldBePositive();
    }

    /// <summary>The web server answers another version of HTTP itself: by the status alone, or by the frame with which HTTP/2 ends a connection.</summary>
    [Fact]
    public async Task A_client_of_another_version_of_HTTP_is_told_so_in_its_own_way()
    {
        (await RawReply.To(api.Url, $"GET / HTTP/3.7\r\n{Good}\r\n")).Status.ShouldBe(505);
        const char goAway = '\u0007';
        (await RawReply.Text(api.Url, "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"))[3].ShouldBe(goAway);
    }

    [Fact]
    public async Task A_client_of_HTTP_1_0_needs_no_Host() => (await RawReply.To(api.Url, $"GET /api/v1/me HTTP/1.0\r\n{Key}\r\n")).Status.ShouldBe(200);

    [Fact]
    public async Task The_address_may_be_as_long_as_the_limit_and_no_longer()
    {
        string Line(int bytes)
        {
            const string start = "GET /api/v1/pools/";
            const string end = " HTTP/1.1\r\n";
            return start + new string('a', bytes - start.Length - end.Length) + end;
        }

        (await RawReply.To(api.Url, $"{Line(Limits.RequestLineBytes)}{Good}\r\n")).Status.ShouldBe(404);
        var reply = await RawReply.To(api.Url, $"{Line(Limits.RequestLineBytes + 1)}{Good}\r\n");
        MustBeProblem(reply, 414);
        reply.Body.ShouldContain($"{Limits.RequestLineBytes} bytes");
    }

    [Fact]
    public async Task Headers_may_be_as_many_and_as_large_as_the_limits_and_no_more()
    {
        string Many(int more) => string.Concat(Enumerable.Range(0, Limits.HeaderCount - 3 + more).Select(number => $"X-{number}: a\r\n"));
        (await RawReply.To(api.Url, $"GET /api/v1/me HTTP/1.1\r\n{Good}{Many(0)}\r\n")).Status.ShouldBe(200);
        MustBeProblem(await RawReply.To(api.Url, $"GET /api/v1/me HTTP/1.1\r\n{Good}{Many(1)}\r\n"), 431);

        string Large(int bytes) => $"X: {new string('a', bytes - Good.Length - "X: \r\n".Length)}\r\n";
        (await RawReply.To(api.Url, $"GET /api/v1/me HTTP/1.1\r\n{Good}{Large(Limits.HeaderBytes)}\r\n")).Status.ShouldBe(200);
        var reply = await RawReply.To(api.Url, $"GET /api/v1/me HTTP/1.1\r\n{Good}{Large(Limits.HeaderBytes + 1)}\r\n");
        MustBeProblem(reply, 431);
        reply.Body.ShouldContain($"{Limits.HeaderBytes} bytes");
    }

    /// <summary>A test of these two limits would have to wait for as long as they say.</summary>
    [Fact]
    public void The_web_server_waits_as_long_as_the_limits_say()
    {
        var limits = api.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.Limits;
        limits.RequestHeadersTimeout.TotalSeconds.ShouldBe(Limits.HeaderSeconds);
        limits.MinRequestBodyDataRate.ShouldNotBeNull();
        limits.MinRequestBodyDataRate.BytesPerSecond.ShouldBe(Limits.BodyBytesPerSecond);
        limits.MinRequestBodyDataRate.GracePeriod.TotalSeconds.ShouldBe(Limits.BodyGraceSeconds);
    }

    [Fact]
    public async Task A_malformed_message_leaves_no_line_in_the_log()
    {
        var said = new ConcurrentQueue<string>();
        await using var server = await TestApi.Open(furnish: false, log: log => log.AddProvider(new HeardLog(said)));
        await RawReply.To(server.Url, $"GET /api/v1/me HTTP/1.0\r\n{Key}\r\n");
        said.Clear();
        foreach (var message in Messages)
            await RawReply.To(server.Url, message.Data.Item1);
        said.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_caller_that_leaves_in_the_middle_of_a_body_leaves_no_line_in_the_log(bool isReset)
    {
        const string connections = "Microsoft.AspNetCore.Server.Kestrel.Connections";
        // On a busy machine the silo says that its threads had to wait.
        const string health = "Orleans.Runtime.MembershipService.LocalSiloHealthMonitor";
        var said = new ConcurrentQueue<string>();
        using var ended = new SemaphoreSlim(0);
        await using var server = await TestApi.Open(
            furnish: false,
            log: log => log.AddProvider(new HeardLog(said, line => _ = line.Contains(" stopped.", StringComparison.Ordinal) ? ended.Release() : 0)),
            settings: [$"--Logging:LogLevel:{connections}", "Debug"]);
        await RawReply.To(server.Url, $"GET /api/v1/me HTTP/1.0\r\n{Key}\r\n");
        await ended.WaitAsync(TestContext.Current.CancellationToken);
        said.Clear();
        var call = await StalledCall.Open(server);
        await call.Send("{\"");
        call.Leave(isReset);
        await call.DisposeAsync();
        await ended.WaitAsync(TestContext.Current.CancellationToken);
        said.Where(line => !line.StartsWith(connections, StringComparison.Ordinal) && !line.StartsWith(health, StringComparison.Ordinal)).ShouldBeEmpty();
    }

    private static void MustBeProblem(RawReply reply, int status)
    {
        reply.Status.ShouldBe(status);
        reply.Headers["Content-Type"].ShouldBe("application/problem+json");
        reply.Headers["Content-Length"].ShouldBe(reply.Body.Length.ToString(CultureInfo.InvariantCulture));
        reply.Headers["Connection"].ShouldBe("close");
        reply.Headers["Cache-Control"].ShouldBe("no-store");
        reply.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
        var problem = JsonNode.Parse(Encoding.Latin1.GetBytes(reply.Body))!;
        ((int)problem["status"]!, (string)problem["code"]!).ShouldBe((status, status == 405 ? "method_not_allowed" : "bad_message"));
        ((string)problem["detail"]!).ShouldNotBeNullOrWhiteSpace();
    }
}
