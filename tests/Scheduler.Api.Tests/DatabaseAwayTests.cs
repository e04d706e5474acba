using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Scheduler.Api;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>A server of its own, since it is stopped and started: while it is away callers hear 503, and nobody has to mend anything when it is back.</summary>
public sealed class DatabaseAwayTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private static readonly Instant _slot = SmallPool.Slot(60, 9);
    private readonly ConcurrentQueue<string> _said = [];

    [Fact]
    public async Task R13_a_stopped_database_is_503_and_back_again_without_help_and_a_lost_answer_is_the_first_one()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var database = await server.Database();
        await using (var proxy = new CuttingProxy(database))
        {
            await using var api = await TestApi.Open(furnish: false, connection: proxy.ConnectionString, log: log => log.AddProvider(new HeardLog(_said)));
            var caller = api.Operator;
            await SmallPool.Everything(caller);

            // The answer of the commit is lost on its way: the caller never notices.
            var cut = proxy.At("lost-on-the-way", Cut.After);
            var first = (await Book(caller, "lost-on-the-way", 3)).Must(201);
            cut.IsCompletedSuccessfully.ShouldBeTrue("else nothing was tested");
            (await Book(caller, "lost-on-the-way", 3)).Must(201).Text.ShouldBe(first.Text);

            await server.Stop("fast");
            var away = await Book(caller, "while-away", 2);
            away.MustRefuse(503, "unavailable");
            int.Parse(away.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture).ShouldBePositive();
            (await caller.Get("/institutions/a/bookings")).MustRefuse(503, "unavailable").Header("Retry-After").ShouldNotBeNull();
            await server.Start();
            Reply back;
            do
                back = await Book(caller, "while-away", 2);
            while (back.Status == 503);
            back.Must(201);
            (await Book(caller, "while-away", 2)).Must(201).Text.ShouldBe(back.Text);
            (await caller.Get("/institutions/a/bookings")).Must(200).Root.GetProperty("items").GetArrayLength().ShouldBe(2);
        }

        _said.ShouldContain(line => line.StartsWith("Scheduler.Ledger.", StringComparison.Ordinal)
            && line.Contains("connection to the ledger was lost"), "the ledger writes into the host's log");
        (await LedgerCheck.Run(new() { ConnectionString = database }, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    [Fact]
    public async Task R13_a_key_that_was_made_in_doubt_is_made_once_and_one_that_was_revoked_in_doubt_opens_nothing()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using (var proxy = new CuttingProxy(await server.Database()))
        {
            await using var api = await TestApi.Open(furnish: false, connection: proxy.ConnectionString, log: log => log.AddProvider(new HeardLog(_said)));
            var caller = api.Operator;
            await SmallPool.Everything(caller);
            var lost = (await caller.Post("/api-keys", """{"role":"instructor","institution":"a","name":"lost"}""")).Must(201).Root;
            var finder = api.As(lost.GetProperty("key").GetString()!);
            (await finder.Get("/me")).Must(200);

            await InDoubt(proxy, caller, "made-in-doubt", () => caller.Post("/api-keys", """
                {"role":"viewer","institution":"a","name":"twice"}
                """, ("Idempotency-Key", "made-in-doubt")), 201);
            (await caller.Get("/api-keys?limit=500")).Must(200).Root.GetProperty("items")
                .EnumerateArray().Count(key => key.GetProperty("name").GetString() == "twice").ShouldBe(1);

            await InDoubt(proxy, caller, "revoked-in-doubt", () =>
                caller.Delete($"/api-keys/{lost.GetProperty("id").GetString()}", ("Idempotency-Key", "revoked-in-doubt")), 204);
            (await finder.Get("/me")).Status.ShouldBe(401);
        }

    }

    /// <summary>
    /// The answer of the commit is lost and the database stays away until the caller has heard that it is not known; his repeat then finds out.
    /// </summary>
    private static async Task InDoubt(CuttingProxy proxy, ApiClient caller, string key, Func<Task<Reply>> call, int status)
    {
        var cut = proxy.At(key, Cut.After, staysAway: true);
        (await call()).Status.ShouldBe(503);
        cut.IsCompletedSuccessfully.ShouldBeTrue("else nothing was tested");
        proxy.ComeBack();
        // By then all else is as ever: only the grain still has to find out.
        await ApiClient.Patiently(() => Book(caller, $"after-{key}", 1));
        Reply repeat;
        do
            repeat = await call();
        while (repeat.Status == 503);
        repeat.Must(status);
    }

    private static Task<Reply> Book(ApiClient caller, string key, int seats) =>
        caller.Post("/institutions/a/bookings", SmallPool.Booking(_slot, seats), ("Idempotency-Key", key));
}
