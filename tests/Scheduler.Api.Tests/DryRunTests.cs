using System.Text.Json.Nodes;
using Shouldly;
using Xunit;

namespace Scheduler.Tests;

/// <summary>A dry run tells what a change would do and whom it touches, and changes nothing.</summary>
public sealed class DryRunTests
{
    private const string Template = $"/pools/{Schools.Pool}/template";
    private const string Capacity = $"/pools/{Schools.Pool}/capacity";

    [Fact]
    public async Task Every_change_of_an_operators_thing_can_be_tried_and_then_is_made_as_it_was_shown()
    {
        await using var api = await RetireTests.Open();
        foreach (var (path, body) in new[]
        {
            ("/pools/spare", """{"name":"other","zone":"America/Toronto","image":"office"}"""),
            ("/exams/spare", $$"""{"programme":"MOS","name":"other","minutes":45,"pools":["{{Schools.Pool}}"],"modes":["lab"]}"""),
            ("/seasons/spare", """{"name":"other","from":"2026-12-01","to":"2026-12-18"}"""),
            ("/institutions/spare", """{"name":"other","zone":"America/Toronto","labSeats":3,"proctors":1,"ready":true}"""),
            ("/policy", """{"holdMinutes":9}"""),
        })
        {
            foreach (var (method, content) in new[] { ("PUT", body), ("PATCH", path == "/policy" ? body : """{"name":"patched"}"""), ("DELETE", null) })
            {
                if (method == "DELETE" && path == "/policy")
                    continue;
                var before = await api.Operator.Get(path);
                var records = await Records(api);
                var tried = (await api.Operator.Send(method, $"{path}?dryRun=true", content, ("Idempotency-Key", $"{method}{path}"))).Must(200);
                // A change of the policy or of an institution may end requests that wait.
                var ends = path == "/policy" || path.StartsWith("/institutions", StringComparison.Ordinal);
                Members(tried).ShouldBe(["before", "after", "touches", "refused", .. ends ? ["ends"] : Array.Empty<string>()]);
                tried.Json["before"]!.ToJsonString().ShouldBe(before.Text, $"{method} {path}");
                tried.Json["refused"].ShouldBeNull();
                (await api.Operator.Get(path)).Text.ShouldBe(before.Text, "nothing has changed");
                (await Records(api)).ShouldBe(records);
                // The key of a dry run is not kept, and a dry run does not look at a key.
                var made = (await api.Operator.Send(method, path, content, ("Idempotency-Key", $"{method}{path}"))).Must(method == "DELETE" ? 204 : 200);
                made.Header("Idempotency-Replayed").ShouldBeNull();
                (await api.Operator.Get(path)).Text.ShouldBe(tried.Json["after"]!.ToJsonString(), $"{method} {path}");
                (await api.Operator.Send(method, $"{path}?dryRun=true", content, ("Idempotency-Key", $"{method}{path}"))).Must(200)
                    .Header("Idempotency-Replayed").ShouldBeNull();
            }
        }

        var fresh = (await api.Operator.Put("/pools/fresh?dryRun=true", SampleBodies.Samples["Pool"])).Must(200);
        fresh.Json["before"].ShouldBeNull();
        ((int)fresh.Json["after"]!["version"]!).ShouldBe(1);
        (await api.Operator.Get("/pools/fresh")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task What_is_invalid_stale_or_absent_is_refused_in_a_dry_run_too()
    {
        await using var api = await RetireTests.Open();
        foreach (var odd in new[] { "1", "True", "yes", "", "TRUE" })
            (await api.Operator.Put($"/pools/spare?dryRun={odd}", SampleBodies.Samples["Pool"])).MustRefuse(400, "invalid").Text.ShouldContain("dryRun");
        (await api.Operator.Put("/pools/spare?dryRun=true&dryRun=true", SampleBodies.Samples["Pool"])).MustRefuse(400, "invalid");
        (await api.Operator.Post($"/institutions/{Schools.Own}/bookings?dryRun=true", Schools.Booking(Schools.Slot(40, 9)))).MustRefuse(400, "invalid");
        (await api.Operator.Put("/pools/spare?dryRun=true", "{}")).MustRefuse(400, "invalid");
        (await api.Operator.Patch("/pools/spare?dryRun=true", """{"version":7}""")).MustRefuse(412, "stale");
        (await api.Operator.Delete("/pools/spare?dryRun=true", ("If-Match", "\"7\""))).MustRefuse(412, "stale");
        (await api.Operator.Delete("/pools/absent?dryRun=true")).MustRefuse(404, "not_found");
        (await api.Operator.Patch("/pools/absent?dryRun=true", "{}")).MustRefuse(404, "not_found");
        (await api.Instructor.Delete("/pools/spare?dryRun=true")).MustRefuse(403, "forbidden");
        (await api.Operator.Put("/pools/spare?dryRun=false", SampleBodies.Samples["Pool"])).Must(200).Number("version").ShouldBe(2);
        var zone = SampleBodies.Samples["Pool"].DeepClone();
        zone["zone"] = "America/St_Johns";
        (await api.Operator.Put($"/pools/{Schools.Pool}?dryRun=true", zone)).Must(200).Member("refused").ShouldBe("pool_zone_fixed");
    }

    [Fact]
    public async Task Each_kind_of_thing_names_whom_it_touches()
    {
        await using var api = await RetireTests.Open();
        await ApiClient.Must(api.Operator.Put("/exams/other", SampleBodies.Samples["Exam"]));
        var own = await Book(api, Schools.Own, 40);
        var foreign = await Book(api, Schools.Foreign, 50);
        var hold = (await api.Operator.Post($"/institutions/{Schools.Own}/holds", Schools.Booking(Schools.Slot(45, 9)))).Must(201).Member("id");
        var other = Schools.Booking(Schools.Slot(40, 9));
        other["exam"] = "other";
        var elsewhere = (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", other)).Must(201).Member("id");
        var request = (await api.Operator.Post($"/institutions/{Schools.Own}/requests", new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1_001, ["mode"] = "lab", ["preferredStart"] = Json.Text(Schools.Slot(60, 9)),
        })).Must(201).Member("id");

        await Touches($"/exams/{Schools.Exam}", """{"minutes":40}""", [own, foreign], [hold], [request]);
        await Touches("/exams/other", """{"minutes":40}""", [elsewhere], [], []);
        await Touches($"/pools/{Schools.Pool}", """{"name":"x"}""", [own, foreign, elsewhere], [hold], [request]);
        await Touches("/pools/spare", """{"name":"x"}""", [], [], []);
        await Touches($"/institutions/{Schools.Own}", """{"name":"x"}""", [own, elsewhere], [hold], [request]);
        await Touches("/policy", """{"holdMinutes":9}""", [own, foreign, elsewhere], [hold], [request]);
        // 2026-03-02 and 40 days are 2026-04-11. The hour 01:00 UTC of a day is the evening before in Toronto.
        await Touches("/seasons/spare", """{"from":"2026-04-11","to":"2026-04-11"}""", [own, elsewhere], [], []);
        await ApiClient.Must(api.Operator.Patch("/seasons/spare", """{"from":"2026-04-11","to":"2026-04-11"}"""));
        await Touches("/seasons/spare", """{"from":"2026-04-16","to":"2026-04-16"}""", [own, elsewhere], [hold], []);
        var late = (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(Schools.Slot(41, 1)))).Must(201).Member("id");
        await Touches("/seasons/spare", """{"name":"x"}""", [own, elsewhere, late], [], []);

        var deleted = (await api.Operator.Delete($"/exams/{Schools.Exam}?dryRun=true")).Must(200);
        deleted.Member("refused").ShouldBe("in_use");
        ((string?)deleted.Json["after"]!["retired"]).ShouldBe(Json.Text(api.Clock.Now));
        // Bug: a season with bookings in its days was retired.
        (await api.Operator.Delete("/seasons/spare?dryRun=true")).Must(200).Member("refused").ShouldBe("in_use");
        var refused = (await api.Operator.Delete("/seasons/spare")).MustRefuse(409, "in_use");
        refused.Json["bookings"]!.AsArray().Select(id => (string)id!).ShouldBe([own, elsewhere, late], ignoreOrder: true);
        await ApiClient.Must(api.Operator.Patch("/seasons/spare", """{"from":"2026-12-01","to":"2026-12-18"}"""));
        (await api.Operator.Delete("/seasons/spare?dryRun=true")).Must(200).Json["refused"].ShouldBeNull();
        await ApiClient.Must(api.Operator.Post($"/bookings/{foreign}/cancel", null));
        await Touches($"/institutions/{Schools.Foreign}", """{"name":"x"}""", [], [], []);

        async Task Touches(string path, string patch, string[] bookings, string[] holds, string[] requests)
        {
            var reply = (await api.Operator.Patch($"{path}?dryRun=true", patch)).Must(200);
            Ids(reply, "bookings").ShouldBe(bookings, ignoreOrder: true, path);
            Ids(reply, "holds").ShouldBe(holds, path);
            Ids(reply, "requests").ShouldBe(requests, path);
            reply.Json["touches"]!["total"]!.ToJsonString()
                .ShouldBe($$"""{"bookings":{{bookings.Length}},"holds":{{holds.Length}},"requests":{{requests.Length}}}""");
        }
    }

    [Fact]
    public async Task A_change_of_capacity_names_the_short_hours_and_who_is_in_them()
    {
        await using var api = await TestApi.Open();
        await RetireTests.OfferMore(api);
        var inside = await Book(api, Schools.Own, 40, 30);
        var outside = await Book(api, Schools.Own, 41, 30);
        var hold = (await api.Operator.Post($"/institutions/{Schools.Own}/holds", Schools.Booking(Schools.Slot(40, 10), 20))).Must(201).Member("id");
        var request = (await api.Operator.Post($"/institutions/{Schools.Own}/requests", new JsonObject
        {
            ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = 1_001, ["mode"] = "lab", ["preferredStart"] = Json.Text(Schools.Slot(40, 12)),
        })).Must(201).Member("id");
        var range = new JsonObject { ["from"] = Json.Text(Schools.Slot(40, 9)), ["to"] = Json.Text(Schools.Slot(40, 13)), ["seats"] = 25 };
        var before = (await api.Operator.Get($"{Capacity}?from={range["from"]}&to={range["to"]}")).Must(200).Text;

        var tried = (await api.Operator.Put($"{Capacity}?dryRun=true", range)).Must(200);
        tried.Member("refused").ShouldBe("capacity_below_booked");
        var shortHour = tried.Json["shortfall"]!.AsArray().Single()!;
        ((string)shortHour["start"]!).ShouldBe(Json.Text(Schools.Slot(40, 9)));
        ((string)shortHour["localStart"]!).ShouldBe("2026-04-11T05:00");
        ((int)shortHour["seats"]!).ShouldBe(5);
        (Ids(tried, "bookings").Single(), Ids(tried, "holds").Any(), Ids(tried, "requests").Single()).ShouldBe((inside, false, request));
        tried.Json["before"]!["exceptions"]!.AsArray().Select(one => (int)one!["seats"]!).ShouldBe([2_000]);
        tried.Json["after"]!["exceptions"]!.AsArray().Select(one => (int)one!["seats"]!).ShouldBe([25, 2_000], ignoreOrder: true);
        range["seats"] = 10;
        range["force"] = true;
        range["reason"] = "machines broke";
        var forced = (await api.Operator.Put($"{Capacity}?dryRun=true", range)).Must(200);
        forced.Json["refused"].ShouldBeNull();
        (Ids(forced, "bookings").Single(), Ids(forced, "holds").Single()).ShouldBe((inside, hold));
        (await api.Operator.Get($"{Capacity}?from={range["from"]}&to={range["to"]}")).Text.ShouldBe(before);
        var made = (await api.Operator.Put(Capacity, range)).Must(200);
        made.Json["shortfall"]!.ToJsonString().ShouldBe(forced.Json["shortfall"]!.ToJsonString(), "the change does what was shown");

        var clear = $"{Capacity}?from={range["from"]}&to={range["to"]}&dryRun=true";
        var cleared = (await api.Operator.Delete(clear)).Must(200);
        cleared.Json["shortfall"]!.AsArray().ShouldBeEmpty();
        (Ids(cleared, "bookings").Any(), Ids(cleared, "requests").Single()).ShouldBe((false, request));
        var week = SampleBodies.Samples["Template"].DeepClone();
        (week["force"], week["weekly"]![0]!["seats"]) = (false, 25);
        var template = (await api.Operator.Put($"{Template}?dryRun=true", week)).Must(200);
        template.Member("refused").ShouldBe("capacity_below_booked");
        Ids(template, "bookings").ShouldBe([outside], "the other hours have an exception");
        week["weekly"]![0]!["seats"] = 2_000;
        var raised = (await api.Operator.Put($"{Template}?dryRun=true", week)).Must(200);
        raised.Json["refused"].ShouldBeNull();
        // An exception wins over the template, so the hours of the exception do not change.
        (Ids(raised, "bookings").Any(), Ids(raised, "requests").Any()).ShouldBe((true, false));
    }

    private static async Task<string> Book(TestApi api, string school, int day, int seats = 1) =>
        (await api.Operator.Post($"/institutions/{school}/bookings", Schools.Booking(Schools.Slot(day, 9), seats))).Must(201).Member("id");

    private static async Task<int> Records(TestApi api) => (await api.Operator.Get("/audit?limit=500")).Must(200).Json["items"]!.AsArray().Count;

    private static IEnumerable<string> Ids(Reply reply, string list) => reply.Json["touches"]![list]!.AsArray().Select(id => (string)id!);

    private static IEnumerable<string> Members(Reply reply) => reply.Json.AsObject().Select(member => member.Key);
}
