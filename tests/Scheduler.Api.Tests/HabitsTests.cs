using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>The contract's habits: order of judgement, entity tags, lists, headers, problems of HTTP itself.</summary>
public sealed class HabitsTests
{
    private const string Bookings = $"/institutions/{Schools.Own}/bookings";

    [Fact]
    public async Task Judged_in_order_401_403_known_key_400_404_403_rules()
    {
        await using var api = await TestApi.Open();
        var foreign = $"/institutions/{Schools.Foreign}/bookings";
        (await api.Caller("nobody").Post(foreign, "{")).Status.ShouldBe(401);
        (await api.As("wrong").Post(foreign, "{")).Status.ShouldBe(401);
        (await api.Caller("viewer").Post(foreign, "{")).Status.ShouldBe(403);
        (await api.Instructor.Post(foreign, "{")).Status.ShouldBe(400);
        var overridden = Schools.Booking(Schools.Slot(1, 1));
        overridden["override"] = new JsonObject { ["reason"] = "now" };
        (await api.Instructor.Post(foreign, overridden)).Status.ShouldBe(404);
        (await api.Instructor.Post(Bookings, overridden)).Status.ShouldBe(403);
        (await api.Operator.Post(Bookings, overridden)).Status.ShouldBe(201);
        (await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(1, 1)))).Code.ShouldBe("lead_time");
        var heavy = SampleBodies.Samples["Request"].DeepClone();
        heavy["weight"] = 2;
        (await api.Instructor.Post($"/institutions/{Schools.Own}/requests", heavy)).Status.ShouldBe(403);
        (await api.Operator.Post($"/institutions/{Schools.Own}/requests", heavy)).Status.ShouldBe(201);
    }

    [Fact]
    public async Task Entity_tags_tell_304_and_412()
    {
        await using var api = await TestApi.Open();
        var made = await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40, 1)));
        var path = $"/bookings/{made.Json["id"]}";
        made.Header("ETag").ShouldBe("\"1\"");
        (await api.Instructor.Get(path, ("If-None-Match", "\"1\""))).Status.ShouldBe(304);
        (await api.Instructor.Get(path, ("If-None-Match", "W/\"1\", \"x\""))).Status.ShouldBe(304);
        (await api.Instructor.Get(path, ("If-None-Match", "\"2\""))).Status.ShouldBe(200);
        (await api.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "\"9\""))).Code.ShouldBe("stale");
        (await api.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "\"abc\""))).Code.ShouldBe("stale");
        (await api.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "1"))).Json["errors"]!.AsObject().ShouldContainKey("If-Match");
        (await api.Instructor.Post($"{path}/resize", """{"seats":2}""", ("If-Match", "*"))).Header("ETag").ShouldBe("\"2\"");
        (await api.Instructor.Post($"{path}/resize", """{"seats":3}""", ("If-Match", "\"2\""))).Header("ETag").ShouldBe("\"3\"");
        (await api.Operator.Put("/pools/new", SampleBodies.Samples["Pool"], ("If-Match", "*"))).Code.ShouldBe("stale");
        (await api.Operator.Put("/pools/new", SampleBodies.Samples["Pool"], ("If-Match", "\"1\""))).Code.ShouldBe("stale");
        (await api.Operator.Put("/pools/new", SampleBodies.Samples["Pool"])).Header("ETag").ShouldBe("\"1\"");
        (await api.Operator.Put("/pools/new", SampleBodies.Samples["Pool"], ("If-Match", "\"1\""))).Header("ETag").ShouldBe("\"2\"");
    }

    [Fact]
    public async Task What_a_GET_of_the_operators_things_shows_can_be_put_back()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put("/seasons/winter", SampleBodies.Samples["Season"]));
        foreach (var path in new[] { $"/pools/{Schools.Pool}", $"/exams/{Schools.Exam}", "/seasons/winter", $"/institutions/{Schools.Own}", "/policy" })
        {
            var shown = await ApiClient.Must(api.Operator.Get(path));
            var put = await ApiClient.Must(api.Operator.Put(path, shown));
            shown.AsObject().Remove("version");
            put.AsObject().Remove("version");
            put.ToJsonString().ShouldBe(shown.ToJsonString());
        }
    }

    [Fact]
    public async Task Operators_things_are_checked_against_each_other()
    {
        await using var api = await TestApi.Open();
        var exam = SampleBodies.Samples["Exam"].DeepClone();
        exam["pools"] = new JsonArray("nowhere");
        (await api.Operator.Put("/exams/x", exam)).Json["errors"]!.AsObject().ShouldContainKey("pools[0]");
        (await api.Operator.Put($"/institutions/{Schools.Board}", Schools.School(board: Schools.Own))).Json["errors"]!.AsObject().ShouldContainKey("board");
        (await api.Operator.Put($"/institutions/{Schools.Own}", Schools.School(board: Schools.Own))).Json["errors"]!.AsObject().ShouldContainKey("board");
        (await api.Operator.Put($"/institutions/{Schools.Own}", Schools.School("Mars/Olympus"))).Text.ShouldContain("Mars/Olympus");
        var moved = SampleBodies.Samples["Pool"].DeepClone();
        moved["zone"] = "America/St_Johns";
        (await api.Operator.Put($"/pools/{Schools.Pool}", moved)).Code.ShouldBe("pool_zone_fixed");
        var odd = SampleBodies.Samples["Institution"].DeepClone();
        odd["ready"] = false;
        (await api.Operator.Put($"/institutions/{Schools.Own}", odd)).Json["errors"]!.AsObject().ShouldContainKey("ready");
        (await api.Operator.Put("/pools/Bad!", SampleBodies.Samples["Pool"])).Json["errors"]!.AsObject().ShouldContainKey("id");
        var overlap = JsonNode.Parse("""
            {"weekly":[{"days":["mon","tue"],"fromTime":"08:00","toTime":"12:00","seats":1},{"days":["tue"],"fromTime":"11:00","toTime":"24:00",
            "seats":1}],"from":"2026-04-01","to":"2026-04-02"}
            """);
        (await api.Operator.Put($"/pools/{Schools.Pool}/template", overlap)).Json["errors"]!.AsObject().ShouldContainKey("weekly[1]");
        (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", JsonNode.Parse("""
            {"from":"2026-12-07T13:30:00Z","to":"2026-12-07T22:00:00Z","seats":1}
            """))).Code.ShouldBe("not_on_slot");
    }

    [Fact]
    public async Task Lists_come_in_pages_that_join_without_gap_or_repeat()
    {
        await using var api = await TestApi.Open();
        for (var k = 0; k < 7; k++)
            await Schools.NewSchool(api.Operator, $"school-{k}", vouchers: 0);
        for (var k = 0; k < 5; k++)
            await ApiClient.Must(api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40 + k, 1))));
        foreach (var (path, count) in new[] { ("/institutions", 10), (Bookings, 5), ("/audit", 0), ("/api-keys", 6) })
        {
            var all = (await ApiClient.Must(api.Operator.Get($"{path}?limit=500")))["items"]!.AsArray().Select(entry => (string)entry!["id"]!).ToList();
            if (count > 0)
                all.Count.ShouldBe(count, path);
            var joined = new List<string>();
            string? cursor = null;
            do
            {
                var page = await ApiClient.Must(api.Operator.Get($"{path}?limit=2{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}"));
                page["items"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(2);
                joined.AddRange(page["items"]!.AsArray().Select(entry => (string)entry!["id"]!));
                cursor = (string?)page["next"];
            }
            while (cursor is not null && joined.Count <= all.Count);
            joined.ShouldBe(all, path);
            (await api.Operator.Get($"{path}?cursor=%21nonsense")).Json["errors"]!.AsObject().ShouldContainKey("cursor");
            foreach (var limit in new[] { "0", "501", "-1", "x", "1.0", "", "99999999999" })
                (await api.Operator.Get($"{path}?limit={limit}")).Json["errors"]!.AsObject().ShouldContainKey("limit");
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
        await using var api = await TestApi.Open();
        var reply = await api.Instructor.Get(path);
        reply.Status.ShouldBe(400, reply.Text);
        reply.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(fields.Split(','), ignoreOrder: true);
    }

    [Fact]
    public async Task A_change_with_a_query_parameter_that_is_not_known_changes_nothing()
    {
        await using var api = await TestApi.Open();
        var before = await api.Operator.Get("/policy");
        var reply = await api.Operator.Put("/policy?dryrun=true", new JsonObject { ["holdMinutes"] = 9 });
        reply.Status.ShouldBe(400, reply.Text);
        reply.Json["errors"]!.AsObject().ShouldContainKey("dryrun");
        (await api.Operator.Get("/policy")).Text.ShouldBe(before.Text);
    }

    [Fact]
    public async Task Unknown_addresses_are_404_and_unknown_methods_405()
    {
        await using var api = await TestApi.Open(furnish: false);
        string[] unknown =
        [
            "/nothing", "/api", "/api/v1", "/api/v1/pools/a/b/c", "/api/v2/pools", "/api/v1/..%2fpools/", "/openapi/v2.json", "/docs/api/nothing",
        ];
        foreach (var path in unknown)
            (await api.Operator.Send("GET", path, null))
                .ShouldSatisfyAllConditions(reply => reply.Status.ShouldBe(404, path), reply => reply.Code.ShouldBe("not_found"));
        (await api.Operator.Send("PATCH", "/api/v1/pools", null))
            .ShouldSatisfyAllConditions(reply => reply.Status.ShouldBe(405), reply => reply.Code.ShouldBe("method_not_allowed"));
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_it_private()
    {
        await using var api = await TestApi.Open(furnish: false);
        foreach (var path in new[] { "/", "/health/live", "/health/ready", "/openapi/v1.json", "/api/v1/me", "/nothing" })
        {
            var reply = await api.Operator.Send("GET", path, null);
            reply.Header("X-Content-Type-Options").ShouldBe("nosniff", path);
            reply.Header("Cache-Control").ShouldBe("no-store", path);
            reply.Header("Content-Security-Policy").ShouldNotBeNull().ShouldContain("frame-ancestors 'none'");
            reply.Header("Server").ShouldBeNull();
        }
    }

    [Fact]
    public async Task Front_page_and_health_answer_without_sign_in()
    {
        await using var api = await TestApi.Open(furnish: false);
        var nobody = api.Caller("nobody");
        (await nobody.Send("GET", "/", null)).ShouldSatisfyAllConditions(reply => reply.Status.ShouldBe(200), reply => reply.Text.ShouldContain("to sign in"));
        (await nobody.Send("GET", "/health/live", null)).Status.ShouldBe(200);
        (await nobody.Send("GET", "/health/ready", null)).Text.ShouldBe("ready");
    }

    [Fact]
    public async Task Past_the_bound_of_calls_at_once_a_caller_is_told_when_to_come_back()
    {
        await using var api = await TestApi.Open(furnish: false, services => services.Configure<CallLimits>(limits => limits.CallsAtOnce = 1));
        await using (await StalledCall.Open(api))
        {
            var reply = await api.Operator.Get("/me");
            (reply.Status, reply.Code, reply.Header("Retry-After")).ShouldBe((429, "busy", "1"));
            (await api.Operator.Send("GET", "/health/live", null)).Status.ShouldBe(200);
        }
    }

    [Fact]
    public async Task R15_every_change_leaves_who_when_what_before_and_after_and_why()
    {
        await using var api = await TestApi.Open();
        var me = (string)(await ApiClient.Must(api.Operator.Get("/api-keys?limit=500")))["items"]!.AsArray()
            .Single(key => (string)key!["role"]! == "instructor")!["id"]!;
        var id = (string)(await ApiClient.Must(api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(40, 1), 2))))["id"]!;
        await ApiClient.Must(api.Instructor.Post($"/bookings/{id}/resize", """{"seats":3}"""));
        await ApiClient.Must(api.Instructor.Post($"/bookings/{id}/cancel", """{"reason":"ill"}"""));
        foreach (var client in new[] { api.Operator, api.Caller("coordinator"), api.Caller("boardCoordinator") })
        {
            var rows = (await ApiClient.Must(client.Get($"/audit?subject=booking/{id}")))["items"]!.AsArray();
            rows.Select(row => (string)row!["who"]!).ShouldBe(["instructor of own", "instructor of own", "instructor of own"]);
            rows.Select(row => (string)row!["key"]!).ShouldBe([me, me, me]);
            rows.Select(row => (string)row!["subject"]!).ShouldBe([$"booking/{id}", $"booking/{id}", $"booking/{id}"]);
            rows.Select(row => (int?)row!["before"]?["seats"]).ShouldBe([null, 2, 3]);
            rows.Select(row => (int?)row!["after"]?["seats"]).ShouldBe([2, 3, 3]);
            ((string?)rows[2]!["why"]).ShouldBe("ill");
            ((string?)rows[2]!["after"]!["status"]).ShouldBe("cancelled");
            ((string)rows[0]!["when"]!).ShouldBe(Schools.Text(api.Clock.Now));
        }

        (await ApiClient.Must(api.Caller("foreign").Get($"/audit?subject=booking/{id}")))["items"]!.AsArray().ShouldBeEmpty();
        (await ApiClient.Must(api.Caller("coordinator").Get("/audit?limit=500")))["items"]!.AsArray()
            .ShouldAllBe(row => (string?)row!["institution"] == Schools.Own);
    }
}
