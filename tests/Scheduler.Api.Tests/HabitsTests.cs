using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>The contract's habits: order of judgement, entity tags, lists, headers, problems of HTTP itself.</summary>
public sealed class HabitsTests
{
    private const string Bookings = $"/institutions/{Town.Own}/bookings";

    [Fact]
    public async Task Judged_in_order_401_403_known_key_400_404_403_rules()
    {
        await using var town = await Town.Open();
        var foreign = $"/institutions/{Town.Foreign}/bookings";
        (await town.Caller("nobody").Post(foreign, "{")).Status.ShouldBe(401);
        (await town.With("wrong").Post(foreign, "{")).Status.ShouldBe(401);
        (await town.Caller("viewer").Post(foreign, "{")).Status.ShouldBe(403);
        (await town.Instructor.Post(foreign, "{")).Status.ShouldBe(400);
        var overridden = Town.Booking(Town.Slot(1, 1));
        overridden["override"] = new JsonObject { ["reason"] = "now" };
        (await town.Instructor.Post(foreign, overridden)).Status.ShouldBe(404);
        (await town.Instructor.Post(Bookings, overridden)).Status.ShouldBe(403);
        (await town.Operator.Post(Bookings, overridden)).Status.ShouldBe(201);
        (await town.Instructor.Post(Bookings, Town.Booking(Town.Slot(1, 1)))).Code.ShouldBe("lead_time");
        var heavy = Bodies.Samples["Request"].DeepClone();
        heavy["weight"] = 2;
        (await town.Instructor.Post($"/institutions/{Town.Own}/requests", heavy)).Status.ShouldBe(403);
        (await town.Operator.Post($"/institutions/{Town.Own}/requests", heavy)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Entity_tags_tell_304_and_412()
    {
        await using var town = await Town.Open();
        var made = await town.Instructor.Post(Bookings, Town.Booking(Town.Slot(40, 1)));
        var path = $"/bookings/{made.Json["id"]}";
        made.Header("ETag").ShouldBe("\"1\"");
        (await town.Instructor.Get(path, ("If-None-Match", "\"1\""))).Status.ShouldBe(304);
        (await town.Instructor.Get(path, ("If-None-Match", "W/\"1\", \"x\""))).Status.ShouldBe(304);
        (await town.Instructor.Get(path, ("If-None-Match", "\"2\""))).Status.ShouldBe(200);
        (await town.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "\"9\""))).Code.ShouldBe("stale");
        (await town.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "\"abc\""))).Code.ShouldBe("stale");
        (await town.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "1"))).Json["errors"]!.AsObject().ShouldContainKey("If-Match");
        (await town.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "*"))).Header("ETag").ShouldBe("\"2\"");
        (await town.Instructor.Post($"{path}/resize", """{"seats":3}""", ("If-Match", "\"2\""))).Header("ETag").ShouldBe("\"3\"");
        (await town.Operator.Put("/pools/new", Bodies.Samples["Pool"], ("If-Match", "*"))).Code.ShouldBe("stale");
        (await town.Operator.Put("/pools/new", Bodies.Samples["Pool"], ("If-Match", "\"1\""))).Code.ShouldBe("stale");
        (await town.Operator.Put("/pools/new", Bodies.Samples["Pool"])).Header("ETag").ShouldBe("\"1\"");
        (await town.Operator.Put("/pools/new", Bodies.Samples["Pool"], ("If-Match", "\"1\""))).Header("ETag").ShouldBe("\"2\"");
    }

    [Fact]
    public async Task What_a_GET_of_the_operators_things_shows_can_be_put_back()
    {
        await using var town = await Town.Open();
        await Asker.Must(town.Operator.Put("/seasons/winter", Bodies.Samples["Season"]));
        foreach (var path in new[] { $"/pools/{Town.Pool}", $"/exams/{Town.Exam}", "/seasons/winter", $"/institutions/{Town.Own}", "/policy" })
        {
            var shown = await Asker.Must(town.Operator.Get(path));
            var put = await Asker.Must(town.Operator.Put(path, shown));
            shown.AsObject().Remove("version");
            put.AsObject().Remove("version");
            put.ToJsonString().ShouldBe(shown.ToJsonString());
        }
    }

    [Fact]
    public async Task Operators_things_are_checked_against_each_other()
    {
        await using var town = await Town.Open();
        var exam = Bodies.Samples["Exam"].DeepClone();
        exam["pools"] = new JsonArray("nowhere");
        (await town.Operator.Put("/exams/x", exam)).Json["errors"]!.AsObject().ShouldContainKey("pools[0]");
        (await town.Operator.Put($"/institutions/{Town.Board}", Town.School(board: Town.Own))).Json["errors"]!.AsObject().ShouldContainKey("board");
        (await town.Operator.Put($"/institutions/{Town.Own}", Town.School(board: Town.Own))).Json["errors"]!.AsObject().ShouldContainKey("board");
        (await town.Operator.Put($"/institutions/{Town.Own}", Town.School("Mars/Olympus"))).Text.ShouldContain("Mars/Olympus");
        var moved = Bodies.Samples["Pool"].DeepClone();
        moved["zone"] = "America/St_Johns";
        (await town.Operator.Put($"/pools/{Town.Pool}", moved)).Code.ShouldBe("pool_zone_fixed");
        var odd = Bodies.Samples["Institution"].DeepClone();
        odd["ready"] = false;
        (await town.Operator.Put($"/institutions/{Town.Own}", odd)).Json["errors"]!.AsObject().ShouldContainKey("ready");
        (await town.Operator.Put("/pools/Bad!", Bodies.Samples["Pool"])).Json["errors"]!.AsObject().ShouldContainKey("id");
        var overlap = JsonNode.Parse("""{"weekly":[{"days":["mon","tue"],"fromTime":"08:00","toTime":"12:00","seats":1},{"days":["tue"],"fromTime":"11:00","toTime":"24:00","seats":1}],"from":"2026-04-01","to":"2026-04-02"}""");
        (await town.Operator.Put($"/pools/{Town.Pool}/template", overlap)).Json["errors"]!.AsObject().ShouldContainKey("weekly[1]");
        (await town.Operator.Put($"/pools/{Town.Pool}/capacity", JsonNode.Parse("""{"from":"2026-12-07T13:30:00Z","to":"2026-12-07T22:00:00Z","seats":1}"""))).Code.ShouldBe("not_on_slot");
    }

    [Fact]
    public async Task Lists_come_in_pages_that_join_without_gap_or_repeat()
    {
        await using var town = await Town.Open();
        for (var k = 0; k < 7; k++)
            await town.NewSchool($"school-{k}", vouchers: 0);
        for (var k = 0; k < 5; k++)
            await Asker.Must(town.Instructor.Post(Bookings, Town.Booking(Town.Slot(40 + k, 1))));
        foreach (var (path, count) in new[] { ("/institutions", 10), (Bookings, 5), ("/audit", 0), ("/api-keys", 6) })
        {
            var all = (await Asker.Must(town.Operator.Get($"{path}?limit=500")))["items"]!.AsArray().Select(entry => (string)entry!["id"]!).ToList();
            if (count > 0)
                all.Count.ShouldBe(count, path);
            var joined = new List<string>();
            string? cursor = null;
            do
            {
                var page = await Asker.Must(town.Operator.Get($"{path}?limit=2{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"));
                page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(2);
                joined.AddRange(page["items"]!.AsArray().Select(entry => (string)entry!["id"]!));
                cursor = (string?)page["next"];
            }
            while (cursor is not null && joined.Count <= all.Count);
            joined.ShouldBe(all, path);
            (await town.Operator.Get($"{path}?cursor=%21nonsense")).Json["errors"]!.AsObject().ShouldContainKey("cursor");
            foreach (var limit in new[] { "0", "501", "-1", "x", "1.0", "", "99999999999" })
                (await town.Operator.Get($"{path}?limit={limit}")).Json["errors"]!.AsObject().ShouldContainKey("limit");
        }
    }

    [Theory]
    [InlineData("/availability", "pool,from,to")]
    [InlineData("/availability?pool=office&from=2026-05-01T00:00:00Z&to=2026-06-05T00:00:01Z", "to")]
    [InlineData("/availability?pool=office&from=2026-05-02T00:00:00Z&to=2026-05-01T00:00:00Z", "to")]
    [InlineData("/availability?pool=office&from=2026-05-01&to=2026-06-01T00:00:00%2B00:00", "from,to")]
    [InlineData("/availability?pool=Office!&from=1999-12-31T23:00:00Z&to=2201-01-01T00:00:00Z", "pool,from,to")]
    [InlineData("/availability?pool=office&pool=x&from=2026-05-01T00:00:00Z&to=2026-05-02T00:00:00Z&form=1", "pool,form")]
    [InlineData("/institutions/own/bookings?from=today&status=gone", "from,status")]
    [InlineData("/bookings/00000000-0000-0000-0000-000000000000?x=1", "x")]
    [InlineData("/me?x=1", "x")]
    public async Task Bad_query_parameters_are_named(string path, string fields)
    {
        await using var town = await Town.Open();
        var reply = await town.Instructor.Get(path);
        reply.Status.ShouldBe(400, reply.Text);
        reply.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(fields.Split(','), ignoreOrder: true);
    }

    [Fact]
    public async Task Unknown_addresses_are_404_and_unknown_methods_405()
    {
        await using var town = await Town.Open(furnish: false);
        foreach (var path in new[] { "/nothing", "/api", "/api/v1", "/api/v1/pools/a/b/c", "/api/v2/pools", "/api/v1/..%2fpools/" })
            (await town.Operator.Send("GET", path, null, [])).ShouldSatisfyAllConditions(reply => reply.Status.ShouldBe(404, path), reply => reply.Code.ShouldBe("not_found"));
        (await town.Operator.Send("PATCH", "/api/v1/pools", null, [])).ShouldSatisfyAllConditions(reply => reply.Status.ShouldBe(405), reply => reply.Code.ShouldBe("method_not_allowed"));
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_it_private()
    {
        await using var town = await Town.Open(furnish: false);
        foreach (var path in new[] { "/", "/health/live", "/health/ready", "/openapi/v1.json", "/api/v1/me", "/nothing" })
        {
            var reply = await town.Operator.Send("GET", path, null, []);
            reply.Header("X-Content-Type-Options").ShouldBe("nosniff", path);
            reply.Header("Cache-Control").ShouldBe("no-store", path);
            reply.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("frame-ancestors 'none'");
            reply.Header("Server").ShouldBeNull();
        }
    }

    [Fact]
    public async Task Front_page_and_health_answer_without_sign_in()
    {
        await using var town = await Town.Open(furnish: false);
        var nobody = town.Caller("nobody");
        (await nobody.Send("GET", "/", null, [])).ShouldSatisfyAllConditions(reply => reply.Status.ShouldBe(200), reply => reply.Text.ShouldContain("The way in"));
        (await nobody.Send("GET", "/health/live", null, [])).Status.ShouldBe(200);
        (await nobody.Send("GET", "/health/ready", null, [])).Text.ShouldBe("ready");
    }

    [Fact]
    public async Task Past_the_bound_of_calls_at_once_a_caller_is_told_when_to_come_back()
    {
        await using var town = await Town.Open(furnish: false, callsAtOnce: 0);
        var reply = await town.Operator.Get("/me");
        (reply.Status, reply.Code, reply.Header("Retry-After")).ShouldBe((429, "busy", "1"));
        (await town.Operator.Send("GET", "/health/live", null, [])).Status.ShouldBe(200);
    }

    [Fact]
    public async Task R15_every_change_leaves_who_when_what_before_and_after_and_why()
    {
        await using var town = await Town.Open();
        var me = (string)(await Asker.Must(town.Operator.Get("/api-keys?limit=500")))["items"]!.AsArray().Single(key => (string)key!["role"]! == "instructor")!["id"]!;
        var id = (string)(await Asker.Must(town.Instructor.Post(Bookings, Town.Booking(Town.Slot(40, 1), 2))))["id"]!;
        await Asker.Must(town.Instructor.Post($"/bookings/{id}/resize", """{"seats":3}"""));
        await Asker.Must(town.Instructor.Post($"/bookings/{id}/cancel", """{"reason":"ill"}"""));
        foreach (var asker in new[] { town.Operator, town.Caller("coordinator"), town.Caller("boardCoordinator") })
        {
            var rows = (await Asker.Must(asker.Get($"/audit?subject={id}")))["items"]!.AsArray();
            rows.Select(row => (string)row!["who"]!).ShouldBe([me, me, me]);
            rows.Select(row => (int?)row!["before"]?["seats"]).ShouldBe([null, 2, 3]);
            rows.Select(row => (int?)row!["after"]?["seats"]).ShouldBe([2, 3, 3]);
            ((string?)rows[2]!["why"]).ShouldBe("ill");
            ((string?)rows[2]!["after"]!["status"]).ShouldBe("cancelled");
            ((string)rows[0]!["when"]!).ShouldBe(Town.Text(town.Clock.Now));
        }

        (await Asker.Must(town.Caller("foreign").Get($"/audit?subject={id}")))["items"]!.AsArray().ShouldBeEmpty();
        (await Asker.Must(town.Caller("coordinator").Get("/audit?limit=500")))["items"]!.AsArray().ShouldAllBe(row => (string?)row!["institution"] == Town.Own);
    }

    [Fact]
    public async Task The_queue_tells_position_and_rank()
    {
        await using var town = await Town.Open();
        var start = Town.Slot(40, 15);
        await Asker.Must(town.Operator.Put($"/pools/{Town.Pool}/capacity", new JsonObject { ["from"] = Town.Text(start), ["to"] = Town.Text(start + Duration.FromHours(1)), ["seats"] = 1 }));
        foreach (var (school, weight) in new[] { (Town.Foreign, 1), (Town.Own, 1), (Town.Own, 5) })
        {
            await Asker.Must(town.Operator.Post(
                $"/institutions/{school}/requests",
                new JsonObject { ["exam"] = Town.Exam, ["pool"] = Town.Pool, ["seats"] = 2, ["mode"] = "lab", ["preferredStart"] = Town.Text(start), ["weight"] = weight }));
        }

        var entries = new List<JsonNode?>();
        string? cursor = null;
        do
        {
            var page = await Asker.Must(town.Instructor.Get($"/institutions/{Town.Own}/queue?limit=1{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"));
            entries.AddRange(page["items"]!.AsArray());
            cursor = (string?)page["next"];
        }
        while (cursor is not null);
        entries.Select(entry => ((int?)entry!["position"], (int?)entry["rank"])).ShouldBe([(1, 3), (2, 1)]);
        (await town.Instructor.Delete($"/requests/{entries[0]!["id"]}")).Status.ShouldBe(204);
        (await town.Instructor.Delete($"/requests/{entries[0]!["id"]}")).Status.ShouldBe(204);
        var left = (await Asker.Must(town.Instructor.Get($"/institutions/{Town.Own}/queue")))["items"]!.AsArray();
        left.Select(entry => ((string)entry!["status"]!, (int?)entry["position"], (int?)entry["rank"])).ShouldBe([("withdrawn", null, null), ("queued", 1, 1)]);
    }
}
