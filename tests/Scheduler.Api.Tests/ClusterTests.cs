using System.Collections.Concurrent;
using NodaTime;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>
/// Real processes on one PostgreSQL: one is killed, all are killed, the database goes away. Callers get honest answers, and nothing that was acknowledged is
/// lost.
/// </summary>
public sealed class ClusterTests(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private const int Callers = 16;
    private static readonly string[] _schools = ["a", "b", "x", "m"];

    [Fact]
    public async Task R03_R13_of_two_processes_one_is_killed_and_the_other_goes_on_and_a_lone_one_after_it()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using var stage = new Stage(await postgres.Database());
        var acknowledged = new ConcurrentDictionary<string, (string Path, string Wish, string Text)>();
        using (var living = await stage.Start())
        {
            using var dying = await stage.Start();
            await SmallPool.Everything(living.As(TestApi.OperatorKey));
            var killed = 0;
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
            {
                var server = caller % 2 == 0 ? living : dying;
                // Those at the living one go on until each has booked a few after the kill: then everything books again.
                for (var (i, after) = (0, 0); after < 8; i++)
                {
                    var wasKilled = Volatile.Read(ref killed) == 1;
                    try
                    {
                        await Book(server.As(TestApi.OperatorKey), $"{caller}-{i}", acknowledged);
                    }
                    catch (HttpRequestException) when (server == dying && Volatile.Read(ref killed) == 1)
                    {
                        return;
                    }

                    after += wasKilled ? 1 : 0;
                    if (acknowledged.Count >= 100 && Interlocked.Exchange(ref killed, 1) == 0)
                        dying.Kill();
                }
            }));
            killed.ShouldBe(1);
            await MustBeKept(living, acknowledged);
            living.Kill();
        }

        using var lone = await stage.Start();
        await MustBeKept(lone, acknowledged);
        await Book(lone.As(TestApi.OperatorKey), "0-100000", acknowledged);
        await stage.MustAddUp();
        (await postgres.Sql(stage.Name, "select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe("0");
    }

    [Fact]
    public async Task R03_R13_the_database_is_restarted_under_load_and_callers_wait_or_are_told_to_come_back()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using var stage = new Stage(await postgres.Database());
        using var server = await stage.Start();
        var caller = server.As(TestApi.OperatorKey);
        await SmallPool.Everything(caller);
        var acknowledged = new ConcurrentDictionary<string, (string Path, string Wish, string Text)>();
        var isBack = 0;
        var enough = new TaskCompletionSource();
        var load = Task.WhenAll(Enumerable.Range(0, Callers).Select(async who =>
        {
            for (var (i, after) = (0, 0); after < 8; i++)
            {
                var wasBack = Volatile.Read(ref isBack) == 1;
                await Book(caller, $"{who}-{i}", acknowledged);
                after += wasBack ? 1 : 0;
                if (acknowledged.Count >= 50)
                    enough.TrySetResult();
            }
        }));
        await Task.WhenAny(load, enough.Task);
        await postgres.Stop("immediate");
        // While it is away nothing can be booked, and that is said as it is.
        var refused = (await caller.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(60, 1), 1), ("Idempotency-Key", "away")))
            .MustRefuse(503, "unavailable");
        refused.Header("Retry-After")!.ShouldNotBeNullOrEmpty();
        (await caller.Get("/health/ready")).Status.ShouldBe(503);
        await postgres.Start();
        Volatile.Write(ref isBack, 1);
        await load;
        (await ApiClient.Patiently(() => caller.Get("/health/ready"))).Status.ShouldBe(200);
        await MustBeKept(server, acknowledged);
        await stage.MustAddUp();
    }

    [Fact]
    public async Task R14_R15_what_one_process_acknowledged_another_knows_at_once()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using var stage = new Stage(await postgres.Database());
        // Two clusters: no grain of the one tells the other anything.
        using var one = await stage.Start("left");
        using var two = await stage.Start("right");
        var (left, right) = (one.As(TestApi.OperatorKey), two.As(TestApi.OperatorKey));
        await SmallPool.Everything(left);
        for (var round = 0; round < 20; round++)
        {
            var school = $"new-{round}";
            (await left.Put($"/institutions/{school}", Json.Of(("name", school), ("zone", "Etc/UTC"), ("labSeats", 50), ("proctors", 2),
                ("ready", true)))).Must(200);
            (await right.Post($"/institutions/{school}/packs", Json.Of(("programme", "MOS"), ("quantity", 10), ("purchasedOn", "2026-01-15")))).Must(201);
            var key = (await right.Post("/api-keys", Json.Of(("role", "instructor"), ("institution", school), ("name", "n")))).Must(201).Member("key");
            var booked = (await one.As(key).Post($"/institutions/{school}/bookings", SmallPool.Booking(SmallPool.Slot(40, round % 24), 1))).Must(201);
            (await two.As(key).Get($"/bookings/{booked.Member("id")}")).Must(200);
            (await two.As(key).Get($"/institutions/{school}")).Must(200);
            await SmallPool.Pool(left, school, "Etc/UTC", 5);
            await SmallPool.Exam(right, school, 50, school);
            (await one.As(key).Post($"/institutions/{school}/bookings", SmallPool.Booking(SmallPool.Slot(40, round % 24), 1, school, school))).Must(201);
        }

        await stage.MustAddUp();
    }

    [Fact]
    public async Task R13_a_key_that_two_processes_make_at_once_with_one_idempotency_key_is_made_once()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using var stage = new Stage(await postgres.Database());
        // Two clusters, so each has a catalogue grain of its own.
        using var one = await stage.Start("left");
        using var two = await stage.Start("right");
        var callers = new[] { one.As(TestApi.OperatorKey), two.As(TestApi.OperatorKey) };
        await SmallPool.Everything(callers[0]);
        var before = (await callers[0].Get("/api-keys?limit=500")).Must(200).Root.GetProperty("items").GetArrayLength();
        for (var round = 0; round < 20; round++)
        {
            var body = Json.Of(("role", "viewer"), ("institution", "a"), ("name", $"viewer {round}"));
            var key = ("Idempotency-Key", $"twice-{round}");
            var replies = await Task.WhenAll(callers.Select(caller => ApiClient.Patiently(() => caller.Post("/api-keys", body, key))));
            replies[1].Must(201).Member("id").ShouldBe(replies[0].Must(201).Member("id"));
        }

        foreach (var caller in callers)
            (await caller.Get("/api-keys?limit=500")).Must(200).Root.GetProperty("items").GetArrayLength().ShouldBe(before + 20);
    }

    [Fact]
    public async Task R11_a_plan_made_at_one_process_is_followed_and_applied_at_another()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using var stage = new Stage(await postgres.Database());
        using var one = await stage.Start();
        using var two = await stage.Start();
        var (first, second) = (one.As(TestApi.OperatorKey), two.As(TestApi.OperatorKey));
        await SmallPool.Everything(first);
        var window = new { from = "2026-05-05", to = "2026-05-05", days = (string[]?)null, fromTime = "09:00", toTime = "11:00" };
        var requests = new List<string>();
        foreach (var (school, client) in new[] { ("a", first), ("b", second), ("x", first) })
        {
            requests.Add((await client.Post($"/institutions/{school}/requests", Json.Of(
                ("exam", "e"), ("pool", "p"), ("seats", 15), ("mode", "lab"), ("preferredStart", "2026-05-05T09:00:00Z"), ("windows", new[] { window }))))
                .Must(201).Member("id"));
        }

        var plan = (await first.Post("/plans", Json.Of(
            ("pools", new[] { "p" }), ("from", "2026-05-05T00:00:00Z"), ("to", "2026-05-06T00:00:00Z"), ("timeLimitSeconds", 30), ("movable", "flexible"))))
            .Must(202).Member("id");
        // The stream ends with the run, at whichever process the run is.
        (await second.Get($"/plans/{plan}/events")).Must(200).Text.ShouldContain("\"status\":\"ready\"");
        var unserved = (await second.Get($"/plans/{plan}")).Must(200).Root.GetProperty("result").GetProperty("unserved")[0];
        unserved.GetProperty("receipt").GetProperty("where")[0].GetProperty("add").GetInt32().ShouldBe(10);
        var answers = await Task.WhenAll(first.Post($"/plans/{plan}/apply", null), second.Post($"/plans/{plan}/apply", null));
        answers[0].Must(200).Number("applied").ShouldBe(2);
        answers[1].Must(200).Text.ShouldBe(answers[0].Text);
        foreach (var request in requests)
        {
            var shown = (await second.Get($"/requests/{request}")).Must(200);
            if (request == unserved.GetProperty("request").GetString())
                shown.Root.GetProperty("lastPlan").GetProperty("receipt").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Object);
            else
                shown.Member("status").ShouldBe("placed");
        }

        (await second.Get("/use")).Must(200).Root.GetProperty("items").GetArrayLength().ShouldBe(0);
        await NewAge(first, second);
        await stage.MustAddUp();
    }

    /// <summary>A waitlist entry that gets another block, and then its first one again, is the youngest there.</summary>
    private static async Task NewAge(ApiClient first, ApiClient second)
    {
        var (block, other) = (SmallPool.Slot(70, 9), SmallPool.Slot(70, 11));
        foreach (var start in new[] { block, other })
            (await first.Post("/institutions/m/bookings", SmallPool.Booking(start, 20))).Must(201);
        async Task<string> Wait(ApiClient client, string school) => (await client.Post($"/institutions/{school}/requests", Json.Of(
            ("exam", "e"), ("pool", "p"), ("seats", 5), ("mode", "lab"), ("preferredStart", Json.Text(block))))).Must(201).Member("id");
        var (older, younger) = (await Wait(first, "a"), await Wait(second, "b"));
        (await first.Get($"/requests/{older}")).Must(200).Number("rank").ShouldBe(1);
        foreach (var start in new[] { other, block })
            (await second.Patch($"/requests/{older}", Json.Of(("preferredStart", Json.Text(start))))).Must(200);
        (await first.Get($"/requests/{older}")).Must(200).Number("rank").ShouldBe(2);
        (await second.Get($"/requests/{younger}")).Must(200).Number("rank").ShouldBe(1);
    }

    /// <summary>One booking, with its key for as long as it is told to come back. The slots are many, so each is free.</summary>
    private static async Task Book(ApiClient client, string key, ConcurrentDictionary<string, (string Path, string Wish, string Text)> acknowledged)
    {
        var numbers = key.Split('-').Select(text => int.Parse(text, System.Globalization.CultureInfo.InvariantCulture)).ToArray();
        var path = $"/institutions/{_schools[numbers.Sum() % _schools.Length]}/bookings";
        var wish = SmallPool.Booking(SmallPool.Slot(40 + (numbers[0] % 8 * 2), 0) + Duration.FromHours(numbers[1] % 48), 1);
        var reply = await ApiClient.Patiently(() => client.Post(path, wish, ("Idempotency-Key", key)));
        if (reply.Status == 201)
            acknowledged[key] = (path, wish, reply.Text);
        else
            reply.MustRefuse(409, "slot_full");
    }

    /// <summary>Every acknowledged booking is listed, nothing else is, and a repeat gets the first answer.</summary>
    private static async Task MustBeKept(ServerProcess server, ConcurrentDictionary<string, (string Path, string Wish, string Text)> acknowledged)
    {
        var caller = server.As(TestApi.OperatorKey);
        foreach (var (key, first) in acknowledged.Take(40))
        {
            var again = (await ApiClient.Patiently(() => caller.Post(first.Path, first.Wish, ("Idempotency-Key", key)))).Must(201);
            again.Text.ShouldBe(first.Text);
        }

        var ids = new HashSet<string>();
        foreach (var school in _schools)
        {
            for (string? cursor = ""; cursor is not null;)
            {
                var after = cursor.Length > 0 ? $"&cursor={Uri.EscapeDataString(cursor)}" : "";
                var page = (await caller.Get($"/institutions/{school}/bookings?limit=500{after}")).Must(200).Root;
                ids.UnionWith(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("id").GetString()!));
                cursor = page.GetProperty("next").GetString();
            }
        }

        foreach (var (key, first) in acknowledged)
            ids.ShouldContain(System.Text.Json.JsonDocument.Parse(first.Text).RootElement.GetProperty("id").GetString()!, key);
    }

    /// <summary>One database, and a fresh folder for each process on it.</summary>
    private sealed class Stage(string database) : IAsyncDisposable
    {
        private readonly List<string> _folders = [];

        public string Name => PostgresServer.NameOf(database);

        public Task<ServerProcess> Start(string cluster = "test")
        {
            _folders.Add(Directory.CreateTempSubdirectory("scheduler-cluster-").FullName);
            return ServerProcess.Start(("ConnectionStrings__Ledger", database), ("Scheduler__DataDirectory", _folders[^1]), ("Scheduler__ClusterId", cluster));
        }

        public async Task MustAddUp() => (await LedgerCheck.Run(new() { ConnectionString = database }, TestContext.Current.CancellationToken)).ShouldBeEmpty();

        public ValueTask DisposeAsync()
        {
            foreach (var folder in _folders)
                Directory.Delete(folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
