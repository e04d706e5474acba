using System.Net;

namespace Scheduler.Tests;

/// <summary>Two processes on one database: a session and the keys of cookies belong to both.</summary>
public sealed class SharedSessionTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_session_is_known_at_every_process_and_ends_at_every_process()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await postgres.Database();
        await using var left = await TestApi.Open(connection: database);
        await using var right = await TestApi.Open(furnish: false, connection: database);
        var id = await TestPeople.Add(left.Services, "instructor", Schools.Own, "both@own.example", isReal: true);
        var cookies = new CookieContainer();
        using var atLeft = new PageClient(left.Url, cookies);
        using var atRight = new PageClient(right.Url, cookies);
        (await atLeft.Send("/sign-in", "password", [("Email", "both@own.example"), ("Password", TestPeople.Password)])).Status.ShouldBe(HttpStatusCode.Found);
        (await atRight.Get("/settings")).Status.ShouldBe(HttpStatusCode.OK);
        (await left.Operator.Delete($"/people/{id}")).Must(204);
        (await atLeft.Get("/settings")).Status.ShouldBe(HttpStatusCode.Found);
        // The feed brings the removal: each request is a new look, and the test ends when one of them is refused.
        while ((await atRight.Get("/settings")).Status != HttpStatusCode.Found)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }
}
