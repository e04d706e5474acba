using System.Net;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>A session outlives the process: the keys of cookies are in the ledger.</summary>
public sealed class SessionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("scheduler-session-").FullName;

    [Fact]
    public async Task A_browser_stays_signed_in_when_the_server_starts_again()
    {
        var cookies = new CookieContainer();
        await using (var host = await Serve())
        {
            using var reader = new PageClient(host.Urls.First(), cookies);
            await reader.SignIn(TestApi.OperatorKey);
        }

        Directory.EnumerateDirectories(_folder).ShouldNotContain(path => path.Contains("cookie", StringComparison.Ordinal));
        await using (var host = await Serve())
        {
            using var reader = new PageClient(host.Urls.First(), cookies);
            (await reader.Get("/settings")).Status.ShouldBe(HttpStatusCode.OK);
        }

    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<ServeHost> Serve()
    {
        List<string> faults = [];
        var plan = ServeHost.Prepare(
            ["--urls", "http://127.0.0.1:0", "--Scheduler:DataDirectory", _folder, "--Scheduler:Bootstrap:OperatorKey", TestApi.OperatorKey], faults,
            new TestClock(TestApi.Start));
        var host = await ServeHost.Open(plan.ShouldNotBeNull(string.Join('\n', faults)));
        await host.Start();
        return host;
    }
}
