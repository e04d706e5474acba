using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Scheduler.Api;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>An exception is a bug, or a dependency that does not answer now. Only the second is worth a repeat, and says so.</summary>
public sealed class ExceptionProblemsTests
{
    public static TheoryData<Exception, string, int, string> Cases => new()
    {
        { new InvalidOperationException("a bug"), "GET", 500, "internal" },
        { new InvalidOperationException("a bug"), "POST", 500, "internal" },
        { new KeyNotFoundException(), "POST", 500, "internal" },
        { new InvalidOperationException("wrapped", new LedgerUnreachableException("away", null)), "GET", 503, "unavailable" },
        { new LedgerUnreachableException("away", null), "POST", 503, "unavailable" },
        { new LedgerBusyException(), "GET", 429, "busy" },
        { new TaskCanceledException(), "POST", 503, "unavailable" },
        { new TimeoutException(), "GET", 503, "unavailable" },
        { new Orleans.Runtime.SiloUnavailableException(), "POST", 503, "unavailable" },
        { new BadHttpRequestException("bad", 400), "POST", 400, "bad_message" },
        { new BadHttpRequestException("large", 413), "POST", 413, "body_too_large" },
        { new BadHttpRequestException("slow", 408), "POST", 408, "bad_message" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task Each_exception_has_its_problem(Exception exception, string method, int status, string code)
    {
        var (answered, problem) = await Handle(exception, method, isStopping: false);
        (answered, (string)problem["code"]!).ShouldBe((status, code));
    }

    [Fact]
    public async Task A_slow_body_is_told_how_fast_a_body_has_to_come()
    {
        var (_, problem) = await Handle(new BadHttpRequestException("slow", 408), "POST", isStopping: false);
        ((string)problem["title"]!).ShouldBe("The message took too long to arrive.");
        ((string)problem["detail"]!).ShouldContain("240 bytes a second");
    }

    [Theory]
    [InlineData("GET", "Nothing was changed.")]
    [InlineData("HEAD", "Nothing was changed.")]
    [InlineData("PUT", "It is not known whether the change was made.")]
    public async Task A_change_that_got_no_answer_may_have_been_made(string method, string detail)
    {
        var (_, problem) = await Handle(new TimeoutException(), method, isStopping: false);
        ((string)problem["detail"]!).ShouldStartWith(detail);
    }

    [Fact]
    public async Task A_POST_that_changes_nothing_has_changed_nothing()
    {
        var endpoint = new Endpoint(null, new(ChangesNothing.Instance), "what-if");
        var (_, problem) = await Handle(new TimeoutException(), "POST", isStopping: false, endpoint);
        ((string)problem["detail"]!).ShouldStartWith("Nothing was changed.");
    }

    [Fact]
    public async Task While_the_server_stops_any_exception_is_worth_a_repeat()
    {
        var (status, _) = await Handle(new ObjectDisposedException("ledger"), "GET", isStopping: true);
        status.ShouldBe(503);
    }

    private static async Task<(int Status, JsonNode Problem)> Handle(Exception exception, string method, bool isStopping, Endpoint? endpoint = null)
    {
        using var life = new Life();
        if (isStopping)
            life.StopApplication();
        await using var services = new ServiceCollection().AddOptions().AddSingleton<IProblemDetailsWriter, ProblemWriter>()
            .AddProblemDetails().BuildServiceProvider();
        var http = new DefaultHttpContext { RequestServices = services };
        http.Request.Method = method;
        http.SetEndpoint(endpoint);
        using var body = new MemoryStream();
        http.Response.Body = body;
        (await new ExceptionProblems(NullLogger<ExceptionProblems>.Instance, life).TryHandleAsync(http, exception,
            TestContext.Current.CancellationToken)).ShouldBeTrue();
        await http.Response.BodyWriter.FlushAsync(TestContext.Current.CancellationToken);
        return (http.Response.StatusCode, JsonNode.Parse(body.ToArray())!);
    }

    private sealed class Life : IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => CancellationToken.None;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => CancellationToken.None;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
