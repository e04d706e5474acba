using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>Bounds on whole calls: each is ended by its deadline, and health answers whatever the database does.</summary>
public sealed class CallLimitsTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_call_past_its_deadline_is_cancelled_and_gets_503()
    {
        await using var api = await TestApi.Open(furnish: false, services =>
            services.Configure<CallLimits>(limits => limits.Deadline = TimeSpan.FromMilliseconds(100)));
        await using var call = await StalledCall.Open(api);
        (await call.StatusLine()).ShouldBe("HTTP/1.1 503 Service Unavailable");
        var rest = await call.Rest("}");
        rest.ShouldContain("Retry-After: 2");
        rest.ShouldContain("\"code\":\"unavailable\"");
        rest.ShouldContain("It is not known whether the change was made.");
    }

    [Fact]
    public async Task Readiness_answers_while_the_database_hangs_and_liveness_does_not_ask_the_database()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await postgres.Database();
        var name = PostgresServer.NameOf(database);
        await using var api = await TestApi.Open(
            furnish: false, services => services.Configure<CallLimits>(limits => limits.ReadyDeadline = TimeSpan.FromMilliseconds(100)), database);
        var nobody = api.Caller("nobody");
        // On a busy machine even a database that answers may miss so short a deadline.
        Reply ready;
        do
            ready = await nobody.Get("/health/ready");
        while (ready.Status == 503);
        ready.Must(200).Text.ShouldBe("ready");
        var backends = (await postgres.Sql(name, $"select pid from pg_stat_activity where datname = '{name}' and pid <> pg_backend_pid()")).Split('\n');
        await Signal("-STOP", backends);
        try
        {
            (await nobody.Get("/health/ready")).Must(503).Text.ShouldBe("the database does not answer");
            (await nobody.Get("/health/live")).Must(200).Text.ShouldBe("live");
        }
        finally
        {
            await Signal("-CONT", backends);
        }
    }

    private static async Task Signal(string signal, string[] processes)
    {
        using var kill = Process.Start("kill", [signal, .. processes]);
        await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        kill.ExitCode.ShouldBe(0);
    }
}
