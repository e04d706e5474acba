using System.Text.Json.Nodes;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>R11: a school queues a request with windows, changes it, sees how it stands, and withdraws it.</summary>
public sealed class R11_FlexibleRequests
{
    private const string Queue = $"/institutions/{Schools.Own}/queue";
    private const string Requests = $"/institutions/{Schools.Own}/requests";

    // 6 April 2026 is a Monday.
    private const string Week = """[{"from":"2026-04-06","to":"2026-04-10","days":["mon","fri"],"fromTime":"09:00","toTime":"12:30"}]""";

    [Fact]
    public async Task R11_a_request_with_windows_tells_its_candidates_and_comes_back_in_local_form()
    {
        await using var api = await TestApi.Open();
        var made = (await api.Instructor.Post(Requests, Wish(Week, 30, minGroup: 10))).Must(201);
        (made.Member("kind"), made.Number("candidates"), made.Number("position"), made.Member("status")).ShouldBe(("flexible", 6, 1, "queued"));
        made.Json["windows"]!.ToJsonString().ShouldBe(Week);
        made.Number("minGroup").ShouldBe(10);
        var shown = (await api.Instructor.Get($"/requests/{made.Member("id")}")).Must(200);
        (shown.Number("candidates"), shown.Member("tier"), shown.Json["blockedBy"]).ShouldBe((6, "waiting", null));
        shown.Json["nearest"]!["localStart"]!.ToString().ShouldBe("2026-04-06T10:00");
        ((int)shown.Json["nearest"]!["seats"]!, (bool)shown.Json["nearest"]!["candidate"]!).ShouldBe((10, true));
        (await api.Caller("foreign").Get($"/requests/{made.Member("id")}")).MustRefuse(404, "not_found");
    }

    [Theory]
    [InlineData("""[{"from":"2026-04-06","to":"2026-04-06","days":["tue"]}]""", "no_day", "2026-04-06T10:00")]
    [InlineData("""[{"from":"2026-04-06","to":"2026-04-06","fromTime":"09:00","toTime":"09:45"}]""", "block_length", "2026-04-06T09:00")]
    [InlineData("""[{"from":"2026-04-06","to":"2026-04-06","fromTime":"09:15","toTime":"10:45"}]""", "not_on_slot", "2026-04-06T10:00")]
    [InlineData("""[{"from":"2026-02-02","to":"2026-02-06"}]""", "past", "2026-02-02T10:00")]
    [InlineData("""[{"from":"2027-04-06","to":"2027-04-06"}]""", "horizon", "2027-04-06T10:00")]
    [InlineData("""[{"from":"2026-03-03","to":"2026-03-15"}]""", "lead_time", "2026-03-03T10:00")]
    public async Task R11_a_request_without_a_candidate_names_the_rule_that_took_the_last_one(string windows, string why, string preferred)
    {
        await using var api = await TestApi.Open();
        var wish = Wish(windows, 30);
        wish["localPreferredStart"] = preferred;
        var refused = (await api.Instructor.Post(Requests, wish)).MustRefuse(422, "no_candidates");
        (refused.Member("why"), refused.Number("blockMinutes")).ShouldBe((why, 60));
        if (why == "lead_time")
        {
            (refused.Number("daysGiven"), refused.Number("daysNeeded"), refused.Member("earliestDate")).ShouldBe((13, 14, "2026-03-16"));
            // The date lies after the windows, so the sentence asks for windows and does not offer the date.
            refused.Member("detail").ShouldEndWith("Name windows with dates from 2026-03-16 on.");
        }

        if (why == "horizon")
            (refused.Number("daysGiven"), refused.Number("horizonDays"), refused.Member("latestDate")).ShouldBe((400, 365, "2027-03-02"));
    }

    [Fact]
    public async Task R11_a_change_keeps_the_age_and_counts_the_candidates_anew()
    {
        await using var api = await TestApi.Open();
        var first = (await api.Instructor.Post(Requests, Wish(Week, 30))).Must(201);
        var second = (await api.Instructor.Post(Requests, Wish(Week, 20))).Must(201);
        var path = $"/requests/{first.Member("id")}";
        var change = JsonNode.Parse("""{"seats":33,"windows":[{"from":"2026-04-06","to":"2026-04-06"}],"localPreferredStart":"2026-04-06T15:00"}""")!;
        (await api.Instructor.Send("PATCH", path, change, ("If-Match", "\"7\""))).MustRefuse(412, "stale");
        var changed = (await api.Instructor.Send("PATCH", path, change, ("If-Match", first.Header("ETag")!))).Must(200);
        (changed.Number("seats"), changed.Number("candidates"), changed.Number("version"), changed.Member("localStart"))
            .ShouldBe((33, 24, 2, "2026-04-06T15:00"));
        var items = (await api.Instructor.Get(Queue)).Must(200).Json["items"]!.AsArray();
        items.Select(item => ((string)item!["id"]!, (int)item["position"]!, (int)item["seatsAhead"]!))
            .ShouldBe([(first.Member("id"), 1, 0), (second.Member("id"), 2, 33)]);

        var soon = JsonNode.Parse("""{"windows":[{"from":"2026-03-03","to":"2026-03-04"}],"localPreferredStart":"2026-03-03T15:00"}""");
        (await api.Instructor.Patch(path, soon)).MustRefuse(422, "no_candidates");
        // 01:00 comes twice on 1 November, and 02:00 does not come on 14 March.
        (await api.Instructor.Patch(path, Json.Of(("localPreferredStart", "2026-11-01T01:00")))).MustRefuse(400, "invalid");
        (await api.Instructor.Patch(path, Json.Of(("localPreferredStart", "2027-03-14T02:00")))).MustRefuse(422, "not_on_slot");
        (await api.Instructor.Patch(path, Json.Of(("weight", 2)))).MustRefuse(403, "forbidden");
        (await api.Instructor.Patch(path, Json.Of(("exam", "excel")))).MustRefuse(400, "invalid");
        (await api.Instructor.Patch(path, JsonNode.Parse("""{"accommodations":[{"candidates":34,"extraTimePercent":25}]}"""))).MustRefuse(400, "invalid");
        (await api.Operator.Patch(path, Json.Of(("weight", 2)))).Must(200).Number("weight").ShouldBe(2);
        // The weight stays with fewer candidates, and with more that the operator adds. It does not cover candidates that the school adds.
        (await api.Instructor.Patch(path, Json.Of(("seats", 31)))).Must(200).Number("weight").ShouldBe(2);
        (await api.Operator.Patch(path, Json.Of(("seats", 32)))).Must(200).Number("weight").ShouldBe(2);
        (await api.Instructor.Patch(path, Json.Of(("seats", 33)))).Must(200).Number("weight").ShouldBe(1);
        (await api.Instructor.Delete(path)).Status.ShouldBe(204);
        (await api.Instructor.Patch(path, Json.Of(("seats", 1)))).MustRefuse(409, "request_closed").Member("requestStatus").ShouldBe("withdrawn");
        (await api.Operator.Get($"/audit?subject=request/{first.Member("id")}")).Must(200).Json["items"]!.AsArray().Select(item => (string)item!["what"]!)
            .ShouldBe(["request_made", .. Enumerable.Repeat("request_changed", 5), "request_withdrawn"]);
        await api.MustAddUp();
    }

    [Fact]
    public async Task R11_a_change_without_effect_is_no_change()
    {
        await using var api = await TestApi.Open();
        var made = (await api.Instructor.Post(Requests, Wish(Week, 30, minGroup: 10))).Must(201);
        var path = $"/requests/{made.Member("id")}";
        (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(("from", "2026-04-07T14:00:00Z"), ("to", "2026-04-07T15:00:00Z"), ("seats", 3))))
            .Must(200);
        var waits = (await api.Instructor.Post(Requests, Json.Of(
            ("exam", Schools.Exam), ("pool", Schools.Pool), ("seats", 5), ("mode", "lab"), ("localPreferredStart", "2026-04-07T10:00")))).Must(201);
        foreach (var same in new[]
        {
            "{}", """{"seats":30}""", $$"""{"windows":{{Week}},"minGroup":10,"localPreferredStart":"2026-04-06T10:00","accommodations":[]}""",
        })
        {
            var reply = (await api.Instructor.Patch(path, JsonNode.Parse(same))).Must(200);
            (reply.Number("version"), reply.Number("candidates"), reply.Header("ETag")).ShouldBe((1, 6, made.Header("ETag")));
        }

        // An entry that was passed over has another version.
        var entry = $"/requests/{waits.Member("id")}";
        var version = (await api.Instructor.Get(entry)).Must(200).Number("version");
        (await api.Instructor.Patch(entry, Json.Of(("seats", 5)))).Must(200).Number("version").ShouldBe(version);
        (await api.Instructor.Send("PATCH", path, new JsonObject(), ("If-Match", "\"7\""))).MustRefuse(412, "stale");
        (await api.Operator.Get($"/audit?subject=request/{made.Member("id")}")).Must(200).Json["items"]!.AsArray().Count.ShouldBe(1);
        await api.MustAddUp();
    }

    [Fact]
    public async Task Windows_of_null_are_refused()
    {
        await using var api = await TestApi.Open();
        var wish = Wish(Week, 30);
        var path = $"/requests/{(await api.Instructor.Post(Requests, wish)).Must(201).Member("id")}";
        wish["windows"] = null;
        foreach (var reply in new[] { await api.Instructor.Post(Requests, wish), await api.Instructor.Patch(path, JsonNode.Parse("""{"windows":null}""")) })
            reply.MustRefuse(400, "invalid").Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["windows"]);
    }

    [Fact]
    public async Task R02_the_date_that_a_refusal_names_fits_also_in_a_season_with_a_long_lead_time()
    {
        await using var api = await TestApi.Open();
        // Today is 2 March 2026. Before the season 14 days are enough, so the earliest date lies before it.
        await ApiClient.Must(api.Operator.Put("/seasons/spring", Json.Of(
            ("name", "Spring"), ("from", "2026-04-01"), ("to", "2026-05-31"), ("leadTimeDays", 45), ("fairShare", 0.25))));
        var wish = Wish("""[{"from":"2026-04-13","to":"2026-04-13"}]""", 30);
        wish["localPreferredStart"] = "2026-04-13T10:00";
        var refused = (await api.Instructor.Post(Requests, wish)).MustRefuse(422, "no_candidates");
        (refused.Member("earliestDate"), refused.Member("nextDate")).ShouldBe(("2026-03-16", "2026-04-16"));
        refused.Member("detail").ShouldEndWith("Name windows with dates from 2026-04-16 on.");
        wish["windows"] = JsonNode.Parse("""[{"from":"2026-04-16","to":"2026-04-16"}]""");
        wish["localPreferredStart"] = "2026-04-16T10:00";
        (await api.Instructor.Post(Requests, wish)).Must(201);
        var booking = Schools.Booking(Instant.FromUtc(2026, 4, 13, 14, 0), 3);
        refused = (await api.Instructor.Post($"/institutions/{Schools.Own}/bookings", booking)).MustRefuse(422, "lead_time");
        (refused.Member("earliestDate"), refused.Member("nextDate")).ShouldBe(("2026-03-16", "2026-04-16"));
        refused.Member("detail").ShouldEndWith("the next date that fits is 2026-04-16.");
    }

    [Fact]
    public async Task R11_new_windows_alone_must_span_the_preferred_start_that_stays()
    {
        await using var api = await TestApi.Open();
        var path = $"/requests/{(await api.Instructor.Post(Requests, Wish(Week, 30))).Must(201).Member("id")}";
        const string later = """{"windows":[{"from":"2026-04-13","to":"2026-04-14"}]}""";
        var refused = (await api.Instructor.Patch(path, JsonNode.Parse(later))).MustRefuse(400, "invalid");
        refused.Json["errors"]!["windows"]!.ToJsonString().ShouldContain("2026-04-06T10:00");
        (await api.Instructor.Get(path)).Must(200).Json["windows"]!.ToJsonString().ShouldBe(Week);
        (await api.Instructor.Patch(path, JsonNode.Parse("""{"windows":[{"from":"2026-04-06","to":"2026-04-14"}]}"""))).Must(200).Number("version").ShouldBe(2);
        var both = JsonNode.Parse(later)!;
        both["localPreferredStart"] = "2026-04-13T10:00";
        (await api.Instructor.Patch(path, both)).Must(200).Member("localStart").ShouldBe("2026-04-13T10:00");
    }

    [Fact]
    public async Task R11_a_queue_does_not_show_what_a_discarded_plan_said()
    {
        await using var api = await TestApi.Open();
        (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(("from", "2026-06-01T14:00:00Z"), ("to", "2026-06-01T15:00:00Z"), ("seats", 10))))
            .Must(200);
        var wish = Wish("""[{"from":"2026-06-01","to":"2026-06-01","fromTime":"10:00","toTime":"11:00"}]""", 15);
        wish["localPreferredStart"] = "2026-06-01T10:00";
        var path = $"/requests/{(await api.Operator.Post(Requests, wish)).Must(201).Member("id")}";
        var plan = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        (await api.Operator.Get($"/plans/{plan}/events")).Must(200);
        (await api.Instructor.Get(path)).Must(200).Json["lastPlan"]!["plan"]!.GetValue<string>().ShouldBe(plan);
        (await api.Operator.Delete($"/plans/{plan}")).Must(204);
        (await api.Instructor.Get(path)).Must(200).Json["lastPlan"].ShouldBeNull();
    }

    [Fact]
    public async Task R09_a_waitlist_entry_keeps_its_age_until_it_gets_another_block()
    {
        await using var api = await TestApi.Open();
        var hour = Schools.Slot(40, 15);
        foreach (var start in new[] { hour, hour + Duration.FromHours(1) })
        {
            (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(
                ("from", Schools.Text(start)), ("to", Schools.Text(start + Duration.FromHours(1))), ("seats", 5)))).Must(200);
        }

        async Task<string> Join(Instant start) => (await api.Instructor.Post(Requests, Json.Of(
            ("exam", Schools.Exam), ("pool", Schools.Pool), ("seats", 6), ("mode", "lab"), ("preferredStart", Schools.Text(start))))).Must(201).Member("id");
        var (first, second, other) = (await Join(hour), await Join(hour), await Join(hour + Duration.FromHours(1)));
        async Task<int> Rank(string id) => (await api.Instructor.Get($"/requests/{id}")).Must(200).Number("rank");
        (await api.Instructor.Patch($"/requests/{first}", Json.Of(("seats", 7)))).Must(200);
        (await Rank(first), await Rank(second)).ShouldBe((1, 2));
        (await api.Instructor.Patch($"/requests/{first}", Json.Of(("windows", JsonNode.Parse(Week))))).MustRefuse(400, "invalid");
        (await api.Instructor.Patch($"/requests/{first}", Json.Of(("preferredStart", Schools.Text(hour + Duration.FromHours(1)))))).Must(200);
        (await Rank(first), await Rank(second), await Rank(other)).ShouldBe((2, 1, 1));

        // The new block frees, and the entry is served there, by its new age.
        (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(
            ("from", Schools.Text(hour + Duration.FromHours(1))), ("to", Schools.Text(hour + Duration.FromHours(2))), ("seats", 12)))).Must(200);
        (await api.Instructor.Get($"/requests/{other}")).Must(200).Member("status").ShouldBe("placed");
        (await api.Instructor.Get($"/requests/{first}")).Must(200).Member("status").ShouldBe("queued");
        (await api.Instructor.Patch($"/requests/{first}", Json.Of(("seats", 6)))).Must(200);
        (await api.Instructor.Get($"/requests/{first}")).Must(200).Member("status").ShouldBe("placed");
        (await api.Instructor.Patch($"/requests/{first}", Json.Of(("seats", 6)))).MustRefuse(409, "request_placed");
        await api.MustAddUp();
    }

    [Fact]
    public async Task R11_the_queue_tells_the_tier_and_what_stands_in_the_way()
    {
        await using var api = await TestApi.Open();
        await Schools.NewSchool(api.Operator, "small", vouchers: 10);
        async Task<JsonNode> Stands(int seats, string windows = Week)
        {
            var id = (await api.Operator.Post("/institutions/small/requests", Wish(windows, seats))).Must(201).Member("id");
            return (await api.Operator.Get($"/requests/{id}")).Must(200).Json;
        }

        var vouchers = await Stands(11);
        ((string)vouchers["tier"]!, (string)vouchers["blockedBy"]!["code"]!, vouchers["nearest"]).ShouldBe(("blocked", "vouchers_short", null));
        // The pool could seat the request when it joined, and no hour to come can now.
        var joined = (await api.Operator.Post("/institutions/small/requests", Wish(Week, 1_000))).Must(201).Member("id");
        var template = SampleBodies.Samples["Template"].DeepClone();
        template["weekly"]![0]!["seats"] = 999;
        (await api.Operator.Put($"/pools/{Schools.Pool}/template", template)).Must(200);
        var big = (await api.Operator.Get($"/requests/{joined}")).Must(200).Json;
        ((string)big["tier"]!, (string)big["blockedBy"]!["code"]!).ShouldBe(("impossible", "never_fits"));
        var fits = await Stands(10);
        ((string)fits["tier"]!, fits["blockedBy"], (int)fits["seatsAhead"]!).ShouldBe(("waiting", null, 1_011));

        // The only hour of the window is full; the nearest start that works is outside the window.
        const string hour = """[{"from":"2026-04-06","to":"2026-04-06","fromTime":"10:00","toTime":"11:00"}]""";
        (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(("from", "2026-04-06T14:00:00Z"), ("to", "2026-04-06T15:00:00Z"), ("seats", 9))))
            .Must(200);
        var full = await Stands(10, hour);
        ((string)full["tier"]!, (string)full["blockedBy"]!["code"]!).ShouldBe(("waiting", "slot_full"));
        ((string)full["blockedBy"]!["detail"]!).ShouldEndWith("The request waits for seats.");
        ((string)full["nearest"]!["localStart"]!, (bool)full["nearest"]!["candidate"]!).ShouldBe(("2026-04-06T09:00", false));

        (await api.Operator.Patch("/institutions/small", """{"onboarding":{"agreement":false}}""")).Must(200);
        var items = (await api.Operator.Get("/institutions/small/queue")).Must(200).Json["items"]!.AsArray();
        items.Select(item => (string)item!["tier"]!).Distinct().ShouldBe(["not_ready"]);
        items.ShouldAllBe(item => ((string)item!["blockedBy"]!["detail"]!).EndsWith("The request waits until they are complete."));
    }

    [Fact]
    public async Task R11_whoever_looks_sees_a_request_expired_and_the_clock_tells_the_school()
    {
        await using var api = await TestApi.Open();
        var made = (await api.Instructor.Post(Requests, Wish(Week, 30))).Must(201);
        var path = $"/requests/{made.Member("id")}";
        // The last Friday is 10 April: on 27 March it leaves 14 days, and on 28 March 13.
        api.Clock.Set(Instant.FromUtc(2026, 3, 27, 16, 0));
        (await api.Instructor.Get(path)).Must(200).Member("status").ShouldBe("queued");
        api.Clock.Set(Instant.FromUtc(2026, 3, 28, 16, 0));
        (await api.Instructor.Get(path)).Must(200).Member("status").ShouldBe("expired");
        (await api.Instructor.Patch(path, Json.Of(("seats", 1)))).MustRefuse(409, "request_closed").Member("requestStatus").ShouldBe("expired");
    }

    [Fact]
    public async Task R11_fields_that_do_not_fit_each_other_and_requests_that_the_pool_could_never_seat_are_refused()
    {
        await using var api = await TestApi.Open();
        async Task<IEnumerable<string>> Faults(Action<JsonObject> change)
        {
            var wish = Wish(Week, 30, minGroup: 10);
            change(wish);
            var refused = (await api.Instructor.Post(Requests, wish)).MustRefuse(400, "invalid");
            return refused.Json["errors"]!.AsObject().Select(error => error.Key);
        }

        (await Faults(wish => wish["minGroup"] = 31)).ShouldBe(["minGroup"]);
        (await Faults(wish => wish["localPreferredStart"] = "2026-04-06T10:30")).ShouldBe(["localPreferredStart"]);
        (await Faults(wish => wish["localPreferredStart"] = "2026-04-06T08:00")).ShouldBe(["localPreferredStart"]);
        (await Faults(wish => wish["localPreferredStart"] = "2026-04-11T10:00")).ShouldBe(["localPreferredStart"]);
        (await Faults(wish =>
        {
            wish.Remove("localPreferredStart");
            wish["preferredStart"] = "2026-04-06T13:30:00Z";
        })).ShouldBe(["preferredStart"]);
        // Six candidates of at most 1,000 seats each, and one for a request that is not split.
        (await api.Instructor.Post(Requests, Wish(Week, 1_001))).MustRefuse(422, "never_fits").Number("greatestCapacity").ShouldBe(1_000);
        (await api.Instructor.Post(Requests, Wish(Week, 6_001, minGroup: 10))).MustRefuse(422, "never_fits");
        var id = (await api.Instructor.Post(Requests, Wish(Week, 6_000, minGroup: 1_000))).Must(201).Member("id");
        var path = $"/requests/{id}";
        (await api.Instructor.Patch(path, Json.Of(("seats", 100_000)))).MustRefuse(422, "never_fits");
        (await api.Instructor.Patch(path, Json.Of(("seats", 500), ("minGroup", 501)))).MustRefuse(400, "invalid");
        (await api.Instructor.Patch(path, Json.Of(("localPreferredStart", "2026-04-06T08:00")))).MustRefuse(400, "invalid");
        (await api.Instructor.Patch(path, Json.Of(("seats", 500), ("minGroup", 500)))).Must(200).Json["minGroup"].ShouldBeNull();
    }

    [Fact]
    public async Task R11_a_plan_that_places_a_part_says_what_the_rest_lacks_and_the_rest_can_be_changed()
    {
        await using var api = await TestApi.Open();
        const string hour = """[{"from":"2026-06-01","to":"2026-06-01","fromTime":"10:00","toTime":"11:00"}]""";
        (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(("from", "2026-06-01T14:00:00Z"), ("to", "2026-06-01T15:00:00Z"), ("seats", 10))))
            .Must(200);
        var wish = Wish(hour, 15, minGroup: 5);
        wish["localPreferredStart"] = "2026-06-01T10:00";
        var path = $"/requests/{(await api.Instructor.Post(Requests, wish)).Must(201).Member("id")}";
        var plan = (await api.Operator.Post("/plans", SampleBodies.Samples["Plan"])).Must(202).Member("id");
        (await api.Operator.Get($"/plans/{plan}/events")).Must(200);
        (await api.Operator.Post($"/plans/{plan}/apply", "{}")).Must(200).Number("applied").ShouldBe(1);

        var item = (await api.Instructor.Get(Queue)).Must(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)item["status"]!, (int)item["placedSeats"]!, item["bookings"]!.AsArray().Count).ShouldBe(("queued", 10, 1));
        // The school is told in words: it may not read plans. The audit names the plan.
        var notice = (await api.Instructor.Get($"/institutions/{Schools.Own}/notices")).Must(200).Json["items"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)notice["what"]!, (string)notice["why"]!).ShouldBe(("request_placed", "A plan gave the request this start."));
        var history = (await api.Instructor.Get($"/bookings/{item["bookings"]![0]}/history")).Must(200).Json["items"]!.AsArray();
        ((string)history[0]!["why"]!).ShouldBe("A plan gave the request this start.");
        var audit = (await api.Operator.Get($"/audit?subject={notice["subject"]}")).Must(200).Json["items"]!.AsArray();
        ((string)audit[^1]!["why"]!).ShouldBe($"plan/{plan}");
        ((string)item["lastPlan"]!["plan"]!, (string)item["lastPlan"]!["reason"]!).ShouldBe((plan, "full"));
        item["lastPlan"]!["blockedBy"]!.AsArray().ShouldAllBe(hour => (string)hour!["start"]! == "2026-06-01T14:00:00Z");

        (await api.Instructor.Patch(path, Json.Of(("seats", 9)))).MustRefuse(422, "below_placed").Number("placedSeats").ShouldBe(10);
        var more = (await api.Instructor.Patch(path, Json.Of(("seats", 17)))).Must(200);
        (more.Member("status"), more.Number("placedSeats"), more.Number("seats"), more.Number("minGroup")).ShouldBe(("queued", 10, 17, 5));
        // Nothing is left to place: the request is served, and what was placed stays.
        var done = (await api.Instructor.Patch(path, Json.Of(("seats", 10), ("minGroup", 10)))).Must(200);
        (done.Member("status"), done.Number("placedSeats")).ShouldBe(("placed", 10));
        (await api.Instructor.Patch(path, Json.Of(("seats", 11)))).MustRefuse(409, "request_placed");
        await api.MustAddUp();
    }

    private static JsonObject Wish(string windows, int seats, int? minGroup = null) => new()
    {
        ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = seats, ["mode"] = "lab", ["localPreferredStart"] = "2026-04-06T10:00",
        ["windows"] = JsonNode.Parse(windows), ["minGroup"] = minGroup,
    };
}
