using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Api;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>Pages on PostgreSQL: while the database is away, and after the verb recover.</summary>
public sealed class DatabaseAwayPageTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    [Fact]
    public async Task A_page_says_that_the_database_is_away_and_is_back_without_help()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using var api = await TestApi.Open(connection: await server.Database());
        await TestPeople.Add(api.Services, "instructor", Schools.Own, "away@own.example", isReal: true);
        using var reader = new PageClient(api.Url);
        (await reader.Send("/sign-in", "password", [("Email", "away@own.example"), ("Password", TestPeople.Password)])).Status.ShouldBe(HttpStatusCode.Found);
        using var keyed = new PageClient(api.Url);
        await keyed.SignIn(api.Caller("coordinator").Key!);
        (await reader.Get("/bookings")).Status.ShouldBe(HttpStatusCode.OK);
        await server.Stop("fast");
        foreach (var client in new[] { reader, keyed })
        {
            var (status, text, location) = await client.Get("/bookings");
            (status, location).ShouldBe((HttpStatusCode.ServiceUnavailable, null));
            text.ShouldContain("<!DOCTYPE html>");
            text.ShouldContain("Many people are here right now");
        }

        await server.Start();
        while ((await reader.Get("/bookings")).Status != HttpStatusCode.OK)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        (await keyed.Get("/bookings")).Status.ShouldBe(HttpStatusCode.OK, "the browser is still signed in");
    }

    [Fact]
    public async Task R14_the_verb_recover_lets_an_operator_in_again_beside_a_running_server()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using var api = await TestApi.Open(furnish: false, connection: database);
        var id = await TestPeople.Add(api.Services, "operator", null, "lost@exams.example", isReal: true);
        await using var said = new StringWriter();
        var code = await CommandLine.Run(["recover", "lost@exams.example", "--ConnectionStrings:Ledger", database], said, said);
        code.ShouldBe(0, said.ToString());
        var path = said.ToString().Trim().Split('\n')[^1];
        using var reader = new PageClient(api.Url);
        // The feed brings the link: each request is a new look.
        while (!(await reader.Get(path)).Text.Contains("new-password", StringComparison.Ordinal))
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        (await reader.Send(path, "join", [("NewPassword", "a very new password")])).Status.ShouldBe(HttpStatusCode.Found);
        (await reader.Get("/people")).Location.ShouldBe("/settings/second-factor");
        (await reader.Get(path)).Text.ShouldNotContain("new-password");
        api.Services.GetRequiredService<AccountCopy>().Accounts[new(Guid.Parse(id))].PasswordHash.ShouldNotBeNull();
        (await LedgerCheck.Run(new() { ConnectionString = database }, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }
}
