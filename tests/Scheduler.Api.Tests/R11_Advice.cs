using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Scheduler.Grains;

namespace Scheduler.Tests;

/// <summary>
/// R11: what a plan changes, and what capacity would change, on a season small enough to check by hand: two hours of ten machines, and four requests of 5, 8, 8
/// and 8 seats that may not be split.
/// </summary>
public sealed class R11_Advice
{
    private const string From = "2026-06-01T14:00:00Z";
    private const string To = "2026-06-01T16:00:00Z";
    private const string Range = $"pool={Schools.Pool}&from={From}&to={To}";

    [Fact]
    public async Task R11_a_comparison_shows_the_plan_beside_today_and_first_come_first_served()
    {
        await using var api = await TestApi.Open();
        var requests = await Season(api);
        var made = (await api.Operator.Post("/plans", Scope())).Must(202).Member("id");
        (await api.Operator.Get($"/plans/{made}/events")).Must(200);
        var shown = (await api.Operator.Get($"/plans/{made}/comparison")).Must(200).Json;
        ((string)shown["plan"]!).ShouldBe(made);
        // The oldest request takes an hour of its own from one of 8 seats.
        Served(shown, "today").ShouldBe((0, 29));
        Served(shown, "firstComeFirstServed").ShouldBe((13, 29));
        Served(shown, "planned").ShouldBe((16, 29));
        var school = shown["institutions"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)school["institution"]!, (double)school["ratioBefore"]!).ShouldBe((Schools.Own, 0));
        ((double)school["ratioFirstComeFirstServed"]!).ShouldBe(13 / 29.0, 1e-9);
        ((double)school["ratioAfter"]!).ShouldBe(16 / 29.0, 1e-9);
        var day = shown["days"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)day["day"]!, (long)day["capacity"]!, (long)day["before"]!, (long)day["firstComeFirstServed"]!, (long)day["after"]!)
            .ShouldBe(("2026-06-01", 20, 0, 13, 16));
        // Each hour has two seats left beside the eight of the plan.
        var receipts = shown["receipts"]!.AsArray();
        receipts.Count.ShouldBe(2);
        foreach (var receipt in receipts)
        {
            ((int)receipt!["where"]!.AsArray().ShouldHaveSingleItem()!["add"]!).ShouldBe((string)receipt["request"]! == requests[0] ? 3 : 6);
            ((bool)receipt["isLeast"]!, receipt["limit"]).ShouldBe((true, null));
        }

        // The comparison is about the day on which the plan was made, also when the plan is applied and other seats are booked.
        (await api.Operator.Post($"/plans/{made}/apply", "{}")).Must(200);
        await Booked(api, 1);
        (await api.Operator.Get($"/plans/{made}/comparison")).Must(200).Json["days"]!.ToJsonString().ShouldBe(shown["days"]!.ToJsonString());
        await api.MustAddUp();
    }

    [Fact]
    public async Task R11_a_plan_without_a_result_has_no_comparison()
    {
        await using var api = await Open("exec sleep 3600");
        var made = (await api.Operator.Post("/plans", Scope())).Must(202).Member("id");
        (await api.Operator.Get($"/plans/{made}/comparison")).MustRefuse(409, "plan_not_ready").Member("title").ShouldBe("The plan is not ready.");
        (await api.Operator.Delete($"/plans/{made}")).Must(204);
        (await api.Operator.Get($"/plans/{made}/comparison")).MustRefuse(409, "plan_not_ready");
        (await api.Operator.Get($"/plans/{Guid.CreateVersion7()}/comparison")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task R11_a_solver_that_gives_no_answer_is_named()
    {
        await using var api = await Open("exit 70");
        foreach (var reply in new[] { await api.Operator.Get($"/advice?{Range}"), await api.Operator.Post("/what-if", WhatIf(new JsonArray())) })
        {
            reply.MustRefuse(503, "unavailable").Member("detail").ShouldContain("70");
            reply.Header("Retry-After").ShouldNotBeNull();
        }
    }

    [Fact]
    public async Task R11_only_so_many_questions_are_answered_at_once()
    {
        await using var api = await Open("exec sleep 3600");
        using var gone = new CancellationTokenSource();
        using var client = new HttpClient();
        var asked = Enumerable.Range(0, Domain.Limits.AdviceAtOnce + 1).Select(_ =>
        {
            var request = new HttpRequestMessage(HttpMethod.Get, $"{api.Url}/api/v1/advice?{Range}");
            request.Headers.Authorization = new("Bearer", TestApi.OperatorKey);
            return client.SendAsync(request, gone.Token);
        }).ToList();
        // The others wait for a solver that does not end; one had no place.
        using var refused = await await Task.WhenAny(asked);
        ((int)refused.StatusCode, refused.Headers.RetryAfter!.Delta).ShouldBe((429, TimeSpan.FromSeconds(10)));
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain("\"code\":\"busy\"");
        asked.Count(call => call.IsCompleted).ShouldBe(1);
        (await api.Operator.Post("/what-if", WhatIf(new JsonArray()))).MustRefuse(429, "busy");
        await gone.CancelAsync();
        foreach (var call in asked)
            await call.ContinueWith(_ => { }, TestContext.Current.CancellationToken, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    [Fact]
    public async Task R11_the_seats_that_serve_all_do_serve_all()
    {
        await using var api = await TestApi.Open();
        await Season(api);
        var advice = (await api.Operator.Get($"/advice?{Range}")).Must(200).Json;
        ((long)advice["served"]!, (long)advice["unserved"]!, (long)advice["beyondMachines"]!).ShouldBe((16, 13, 0));
        ((double)advice["machineHours"]!["upper"]!).ShouldBe(9);
        ((double)advice["machineHours"]!["lower"]!).ShouldBeInRange(9 - 1e-9, 9 + 1e-9);
        var slots = advice["slots"]!.AsArray();
        slots.Sum(slot => (int)slot!["seatsToServeAll"]!).ShouldBe(9);
        advice["days"]!.AsArray().Sum(day => (long)day!["seatHoursToServeAll"]!).ShouldBe(9);
        foreach (var slot in slots.Where(slot => (int)slot!["seatsToServeAll"]! > 0))
        {
            var start = NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)slot!["start"]!).Value;
            await Seats(api, (string)slot["start"]!, Schools.Text(start + NodaTime.Duration.FromHours(1)),
                (int)slot["capacity"]! + (int)slot["seatsToServeAll"]!);
        }

        var made = (await api.Operator.Post("/plans", Scope())).Must(202).Member("id");
        (await api.Operator.Get($"/plans/{made}/events")).Must(200);
        var result = (await api.Operator.Get($"/plans/{made}")).Must(200).Json["result"]!;
        ((long)result["servedSeats"]!, (long)result["requestedSeats"]!, result["unserved"]!.AsArray().Count).ShouldBe((29, 29, 0));
        var after = (await api.Operator.Get($"/advice?{Range}")).Must(200).Json;
        ((long)after["served"]!, (long)after["unserved"]!, (double)after["machineHours"]!["upper"]!).ShouldBe((29, 0, 0));
        after["slots"]!.AsArray().ShouldAllBe(slot => (int)slot!["seatsToServeAll"]! == 0);
    }

    [Fact]
    public async Task R11_every_point_of_the_curve_is_what_a_what_if_of_it_gives_and_none_is_dominated()
    {
        await using var api = await TestApi.Open();
        await Season(api);
        var curve = (await api.Operator.Get($"/advice/curve?{Range}")).Must(200).Json;
        var points = curve["points"]!.AsArray();
        points.Select(point => ((double)point!["machineHours"]!, (double)point["added"]!, (long)point["served"]!, (long)point["unserved"]!))
            .ShouldBe([(20, 0, 16, 13), (23, 3, 21, 8), (29, 9, 29, 0)]);
        ((double)curve["current"]!, (double)curve["knee"]!).ShouldBe((20, 23));
        var before = (await api.Operator.Get($"/pools/{Schools.Pool}/capacity?from={From}&to={To}")).Must(200).Text;
        foreach (var point in points)
        {
            point!["where"]!.AsArray().Sum(range => (int)range!["add"]! * Hours(range)).ShouldBe((int)(double)point["added"]!);
            var tried = (await api.Operator.Post("/what-if", WhatIf(point["where"]!.DeepClone()))).Must(200).Json;
            var result = tried["result"]!;
            ((long)tried["servedBefore"]!, (long)result["servedSeats"]!, (long)result["requestedSeats"]!).ShouldBe((16, (long)point["served"]!, 29));
            result["unserved"]!.AsArray().Sum(one => (int)one!["seats"]!).ShouldBe((int)point["unserved"]!);
            tried["lost"]!.AsArray().Count.ShouldBeLessThanOrEqualTo(tried["gained"]!.AsArray().Count);
        }

        (await api.Operator.Get($"/pools/{Schools.Pool}/capacity?from={From}&to={To}")).Must(200).Text.ShouldBe(before);
        (await api.Operator.Get($"/advice/curve?{Range}&points=2")).Must(200).Json["points"]!.AsArray().Count.ShouldBe(2);
        (await api.Operator.Get($"/advice/curve?{Range}&points=1")).MustRefuse(400, "invalid").Json["errors"]!.AsObject().ShouldContainKey("points");
        (await api.Operator.Get($"/advice?pool=absent&from={From}&to={To}")).MustRefuse(404, "unknown_pool");
    }

    [Fact]
    public async Task R11_a_what_if_takes_seats_and_days_away_and_keeps_nothing()
    {
        await using var api = await TestApi.Open();
        var requests = await Season(api);
        await ApiClient.Must(api.Operator.Put("/seasons/summer", Json.Of(
            ("name", "Summer"), ("from", "2026-06-01"), ("to", "2026-06-05"), ("leadTimeDays", 21), ("fairShare", 0.25))));
        // One hour of ten seats alone.
        var fewer = (await api.Operator.Post("/what-if", WhatIf(Change(From, "2026-06-01T15:00:00Z", -1_000)))).Must(200).Json;
        ((long)fewer["servedBefore"]!, (long)fewer["result"]!["servedSeats"]!).ShouldBe((16, 8));
        (fewer["gained"]!.AsArray().Count, fewer["lost"]!.AsArray().Count).ShouldBe((0, 1));

        // The first day of June is 91 days ahead.
        var later = (await api.Operator.Post("/what-if", WhatIf(new JsonArray(), """[{"season":"summer","leadTimeDays":92}]"""))).Must(200).Json;
        ((long)later["servedBefore"]!, (long)later["result"]!["servedSeats"]!).ShouldBe((16, 0));
        later["lost"]!.AsArray().Count.ShouldBe(2);
        later["lost"]!.AsArray().Select(id => (string)id!).ShouldBeSubsetOf(requests);
        var share = (await api.Operator.Post("/what-if", WhatIf(new JsonArray(), """[{"season":"summer","fairShare":0.9}]"""))).Must(200).Json;
        ((long)share["servedBefore"]!, (long)share["result"]!["servedSeats"]!).ShouldBe((16, 16));
        (await api.Operator.Post("/what-if", WhatIf(new JsonArray(), """[{"season":"summer"}]"""))).MustRefuse(400, "invalid");
        (await api.Operator.Post("/what-if", WhatIf(new JsonArray(), """[{"season":"summer","fairShare":1.5}]"""))).MustRefuse(400, "invalid");
        var enough = (await api.Operator.Post("/what-if", WhatIf(new JsonArray(), """[{"season":"summer","leadTimeDays":91}]"""))).Must(200).Json;
        ((long)enough["result"]!["servedSeats"]!).ShouldBe(16);
        (await api.Operator.Get("/seasons/summer")).Must(200).Number("version").ShouldBe(1);
        (await api.Operator.Get("/plans")).Must(200).Json["items"]!.AsArray().ShouldBeEmpty();
    }

    [Fact]
    public async Task R11_a_what_if_that_starts_from_a_plan_is_about_the_season_as_it_is_now()
    {
        await using var api = await TestApi.Open();
        await Season(api);
        var made = (await api.Operator.Post("/plans", Scope())).Must(202).Member("id");
        (await api.Operator.Get($"/plans/{made}/events")).Must(200);
        async Task<JsonNode> Ask(string plan)
        {
            var body = WhatIf(Change(From, "2026-06-01T15:00:00Z", -1_000));
            body["plan"] = plan;
            return (await api.Operator.Post("/what-if", body)).Must(200).Json;
        }

        var fewer = await Ask(made);
        ((long)fewer["servedBefore"]!, (long)fewer["result"]!["servedSeats"]!).ShouldBe((16, 8));
        // Two seats are booked in each hour, so the old plan still fits. Three do not leave enough for it.
        await Booked(api, 2);
        await Booked(api, 1);
        var less = await Ask(made);
        ((long)less["servedBefore"]!, (long)less["result"]!["servedSeats"]!).ShouldBe((5, 5));
        var unknown = WhatIf(new JsonArray());
        unknown["plan"] = Guid.CreateVersion7().ToString();
        (await api.Operator.Post("/what-if", unknown)).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task R11_a_what_if_does_not_take_what_a_second_run_finds_for_a_gain()
    {
        await using var api = await TestApi.Open();
        await Season(api);
        // The plan finds every seat taken. Later the seats are free: the plan still holds, and serves nobody.
        await Booked(api, 10);
        var made = (await api.Operator.Post("/plans", Scope())).Must(202).Member("id");
        (await api.Operator.Get($"/plans/{made}/events")).Must(200);
        (await api.Operator.Get($"/plans/{made}")).Must(200).Json["result"]!["placements"]!.AsArray().ShouldBeEmpty();
        foreach (var booking in (await api.Operator.Get($"/institutions/{Schools.Own}/bookings")).Must(200).Json["items"]!.AsArray())
            (await api.Operator.Post($"/bookings/{booking!["id"]}/cancel", "{}")).Must(200);
        foreach (var add in new[] { 0, -2, 6 })
        {
            var body = WhatIf(Change(From, To, add));
            body["plan"] = made;
            var tried = (await api.Operator.Post("/what-if", body)).Must(200).Json;
            var (before, served) = ((long)tried["servedBefore"]!, (long)tried["result"]!["servedSeats"]!);
            before.ShouldBeInRange(13, 16);
            if (add > 0)
                served.ShouldBe(29);
            else
                (served, tried["gained"]!.AsArray().Count).ShouldBe((before, 0));
        }
    }

    [Fact]
    public async Task A_retired_pool_has_neither_plans_nor_advice()
    {
        await using var api = await TestApi.Open();
        (await api.Operator.Put("/pools/old", SampleBodies.Samples["Pool"])).Must(200);
        (await api.Operator.Delete("/pools/old")).Must(204);
        var body = Scope();
        body["pools"] = new JsonArray("old");
        (await api.Operator.Post("/plans", body)).MustRefuse(422, "retired").Member("id").ShouldBe("old");
        (await api.Operator.Post("/what-if", body)).MustRefuse(422, "retired");
        (await api.Operator.Get($"/advice?pool=old&from={From}&to={To}")).MustRefuse(422, "retired");
        (await api.Operator.Get($"/advice/curve?pool=old&from={From}&to={To}")).MustRefuse(422, "retired");
    }

    [Fact]
    public async Task R11_a_what_if_of_what_is_not_there_or_makes_no_sense_is_refused()
    {
        await using var api = await TestApi.Open();
        (await api.Operator.Post("/what-if", WhatIf(new JsonArray(), """[{"season":"absent","leadTimeDays":1}]"""))).MustRefuse(404, "not_found");
        var elsewhere = Change(From, To, 1);
        elsewhere[0]!["pool"] = "absent";
        (await api.Operator.Post("/what-if", WhatIf(elsewhere.DeepClone()))).MustRefuse(400, "invalid")
            .Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["capacity[0].pool"]);
        var all = WhatIf(elsewhere);
        all["pools"] = null;
        (await api.Operator.Post("/what-if", all)).MustRefuse(404, "unknown_pool");
        (await api.Operator.Post("/what-if", WhatIf(Change(To, From, 1)))).MustRefuse(400, "invalid")
            .Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["capacity[0].to"]);
        var days = Change(From, "2026-09-01T14:00:01Z", 1);
        (await api.Operator.Post("/what-if", WhatIf(days))).MustRefuse(400, "invalid");
        var many = new JsonArray([.. Enumerable.Repeat(0, Domain.Limits.RaisedRanges + 1).Select(_ => Change(From, To, 1)[0]!.DeepClone())]);
        (await api.Operator.Post("/what-if", WhatIf(many))).MustRefuse(400, "invalid");
    }

    private static Task<TestApi> Open(string script) =>
        TestApi.Open(configure: services => services.AddSingleton(new SolverProgram { File = "/bin/sh", Arguments = ["-c", script, "sh"] }));

    /// <summary>The season, by the requests' ids: the oldest one wants 5 seats, each other one 8.</summary>
    private static async Task<List<string>> Season(TestApi api)
    {
        await Seats(api, From, To, 10);
        var requests = new List<string>();
        foreach (var seats in new[] { 5, 8, 8, 8 })
        {
            var wish = JsonNode.Parse($$"""
                {"exam":"{{Schools.Exam}}","pool":"{{Schools.Pool}}","seats":{{seats}},"mode":"lab","preferredStart":"{{From}}",
                "windows":[{"from":"2026-06-01","to":"2026-06-01","fromTime":"10:00","toTime":"12:00"}]}
                """);
            requests.Add((await api.Operator.Post($"/institutions/{Schools.Own}/requests", wish)).Must(201).Member("id"));
        }

        return requests;
    }

    /// <summary>Books so many seats in each of the two hours.</summary>
    private static async Task Booked(TestApi api, int seats)
    {
        foreach (var hour in new[] { From, "2026-06-01T15:00:00Z" })
        {
            var start = NodaTime.Text.InstantPattern.ExtendedIso.Parse(hour).Value;
            (await api.Instructor.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(start, seats))).Must(201);
        }
    }

    private static async Task Seats(TestApi api, string from, string to, int seats) =>
        (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", Json.Of(("from", from), ("to", to), ("seats", seats)))).Must(200);

    private static JsonNode Scope() => JsonNode.Parse($$"""{"pools":["{{Schools.Pool}}"],"from":"{{From}}","to":"{{To}}","timeLimitSeconds":30}""")!;

    private static JsonNode WhatIf(JsonNode capacity, string seasons = "[]")
    {
        var body = Scope();
        (body["capacity"], body["seasons"]) = (capacity, JsonNode.Parse(seasons));
        return body;
    }

    private static JsonArray Change(string from, string to, int add) =>
        [JsonNode.Parse($$"""{"pool":"{{Schools.Pool}}","from":"{{from}}","to":"{{to}}","add":{{add}}}""")];

    private static int Hours(JsonNode range) => (int)(Instant(range, "to") - Instant(range, "from")).TotalHours;

    private static NodaTime.Instant Instant(JsonNode range, string member) =>
        NodaTime.Text.InstantPattern.ExtendedIso.Parse((string)range[member]!).Value;

    private static (long Served, long Requested) Served(JsonNode comparison, string who) =>
        ((long)comparison[who]!["servedSeats"]!, (long)comparison[who]!["requestedSeats"]!);
}
