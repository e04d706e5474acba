using System.Collections.Concurrent;
using NodaTime;
using Scheduler.Ledger;

namespace Scheduler.Tests;

/// <summary>The three promises through HTTP, across kill -9: nothing acknowledged is lost, no slot is overbooked, a repeat gets the first answer.</summary>
public sealed class KillTests(PostgresServer server) : IClassFixture<PostgresServer>
{
    private const int Callers = 64;
    private static readonly Instant[] _hot = [.. Enumerable.Range(0, 4).Select(hour => SmallPool.Slot(60, 9 + hour))];

    [Fact]
    public async Task R03_R13_sixty_four_callers_race_for_four_hot_slots_through_a_kill()
    {
        var folder = Directory.CreateTempSubdirectory("scheduler-kill-").FullName;
        try
        {
            await RaceThroughAKill(new() { DataDirectory = folder }, ("Scheduler__DataDirectory", folder));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task R03_R13_sixty_four_callers_race_for_four_hot_slots_through_a_kill_on_PostgreSQL_without_a_deadlock()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var folder = Directory.CreateTempSubdirectory("scheduler-kill-").FullName;
        try
        {
            var database = await server.Database();
            await RaceThroughAKill(new() { ConnectionString = database }, ("Scheduler__DataDirectory", folder), ("ConnectionStrings__Ledger", database));
            (await server.Sql(PostgresServer.NameOf(database), "select deadlocks from pg_stat_database where datname = current_database()")).ShouldBe("0");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RaceThroughAKill(LedgerSettings ledger, params (string Name, string Value)[] settings)
    {
        var acknowledged = new ConcurrentDictionary<string, string>();
        using (var server = await ServerProcess.Start(settings))
        {
            await SmallPool.Everything(server.As(TestApi.OperatorKey));
            // The kill comes in the middle: when the fortieth booking was acknowledged, whatever is under way then.
            await Race(server, acknowledged, killAfter: 40);
        }

        acknowledged.Count.ShouldBeGreaterThanOrEqualTo(40);
        using (var server = await ServerProcess.Start(settings))
        {
            var caller = server.As(TestApi.OperatorKey);
            foreach (var (key, first) in acknowledged)
            {
                var again = (await ApiClient.Patiently(() => caller.Post($"/institutions/{School(key)}/bookings", Wish(key), ("Idempotency-Key", key))))
                    .Must(201);
                again.Text.ShouldBe(first);
                again.Header("Idempotency-Replayed")!.ShouldBe("true");
            }

            await Race(server, acknowledged, killAfter: int.MaxValue);
            await MustBeThere(caller, acknowledged);
            server.Kill();
        }

        (await LedgerCheck.Run(ledger, TestContext.Current.CancellationToken)).ShouldBeEmpty();
    }

    /// <summary>Every caller books one seat at a time, each with a key of its own, until the slots are full or the server is gone.</summary>
    private static async Task Race(ServerProcess server, ConcurrentDictionary<string, string> acknowledged, int killAfter)
    {
        var killed = 0;
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
        {
            var client = server.As(TestApi.OperatorKey);
            for (var i = 0; i < 4; i++)
            {
                var key = $"{caller}-{i}";
                try
                {
                    var reply = await ApiClient.Patiently(() => client.Post($"/institutions/{School(key)}/bookings", Wish(key), ("Idempotency-Key", key)));
                    if (reply.Status == 201)
                        acknowledged[key] = reply.Text;
                    else
                        reply.MustRefuse(409, "slot_full");
                }
                catch (HttpRequestException) when (killAfter != int.MaxValue)
                {
                    // The server was killed: whether this one was made shows by its key later.
                    return;
                }

                if (acknowledged.Count >= killAfter && Interlocked.Exchange(ref killed, 1) == 0)
                    server.Kill();
            }
        }));
    }

    private static async Task MustBeThere(ApiClient caller, ConcurrentDictionary<string, string> acknowledged)
    {
        var ids = new HashSet<string>();
        foreach (var school in new[] { "a", "b", "x", "m" })
            ids.UnionWith((await caller.Get($"/institutions/{school}/bookings?limit=500")).Must(200).Root.GetProperty("items").EnumerateArray().Select(one =>
                one.GetProperty("id").GetString()!));
        foreach (var (key, raw) in acknowledged)
            ids.ShouldContain(System.Text.Json.JsonDocument.Parse(raw).RootElement.GetProperty("id").GetString()!, key);
        ids.Count.ShouldBe(acknowledged.Count, "every booking there was acknowledged to somebody by now");
        var slots = (await caller.Get($"/availability?pool=p&from={Json.Text(_hot[0])}&to={Json.Text(_hot[^1] + Duration.FromHours(1))}")).Must(200)
            .Root.GetProperty("slots").EnumerateArray().ToList();
        slots.Sum(slot => slot.GetProperty("free").GetInt32()).ShouldBe(80 - acknowledged.Count);
        slots.ShouldAllBe(slot => slot.GetProperty("free").GetInt32() == 0);
    }

    private static string School(string key) =>
        new[] { "a", "b", "x", "m" }[int.Parse(key.Split('-')[0], System.Globalization.CultureInfo.InvariantCulture) % 4];

    private static string Wish(string key) => SmallPool.Booking(_hot[int.Parse(key.Split('-')[1], System.Globalization.CultureInfo.InvariantCulture)], 1);
}
