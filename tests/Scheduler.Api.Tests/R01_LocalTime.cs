using System.Text.Json.Nodes;
using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>R1: people see and send the local time of their institution. <see cref="StartMembers"/> checks the starts of every answer of every test.</summary>
public sealed class R01_LocalTime
{
    private const string Bookings = $"/institutions/{Schools.Own}/bookings";

    // Toronto, 2026: the clocks skip 02:00 on 8 March, and show 01:00 twice on 1 November.
    private const string Skipped = "2026-03-08T02:00";
    private const string Twice = "2026-11-01T01:00";

    /// <summary>Each route whose body must name a start. A change of a request may leave it out, and has tests of its own.</summary>
    public static TheoryData<string> Bodies =>
        [Bookings, $"/institutions/{Schools.Own}/holds", $"/institutions/{Schools.Own}/requests", "/bookings/{id}/reschedule"];

    [Fact]
    public void Every_route_whose_body_names_a_start_is_tried()
    {
        var routes = ApiRoute.All.Where(route => route.Facts.Body?.GetProperties()
            .Any(one => one.GetCustomAttributes(typeof(InPlaceOfAttribute), false) is [InPlaceOfAttribute { IsOptional: false }]) == true);
        routes.Select(route => route.Path.Replace("/institutions/{id}", $"/institutions/{Schools.Own}", StringComparison.Ordinal))
            .ShouldBe(Bodies.Select(row => row.Data), ignoreOrder: true);
    }

    [Fact]
    public void Every_start_in_an_example_has_its_local_start_and_zone()
    {
        var starts = 0;
        // The instance of a plan is a file of the solver, which knows no zones.
        foreach (var route in ApiRoute.All.Where(route => route.Path != "/plans/{id}/instance"))
        {
            var answer = RouteExamples.Of(route.Facts)?.Answer;
            StartMembers.Faults(answer).ShouldBeEmpty(route.ToString());
            starts += answer?.ToJsonString().Contains("\"localStart\"", StringComparison.Ordinal) == true ? 1 : 0;
        }

        starts.ShouldBeGreaterThanOrEqualTo(14);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_local_start_means_the_same_as_its_instant(string path)
    {
        await using var api = await TestApi.Open();
        var reply = await Send(api, path, local: "2026-05-04T09:00");
        reply.Status.ShouldBeInRange(200, 201, reply.Text);
        ((string)(reply.Json["start"] ?? reply.Json["preferredStart"])!).ShouldBe("2026-05-04T13:00:00Z");
        reply.Member("localStart").ShouldBe("2026-05-04T09:00");
        reply.Member("zone").ShouldBe("America/Toronto");
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_hour_that_comes_twice_is_400_with_both_instants(string path)
    {
        await using var api = await TestApi.Open();
        var (_, local) = Fields(path);
        var reply = (await Send(api, path, local: Twice)).MustRefuse(400, "invalid");
        var remedy = (string)reply.Json["errors"]![local]!.AsArray().Single()!;
        remedy.ShouldContain("2026-11-01T05:00:00Z");
        remedy.ShouldContain("2026-11-01T06:00:00Z");
        (await Send(api, path, instant: "2026-11-01T06:00:00Z")).Member("localStart").ShouldBe(Twice);
        (await Send(api, path, instant: "2026-11-01T05:00:00Z")).Member("localStart").ShouldBe(Twice);
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task An_hour_that_does_not_exist_is_not_on_slot_with_the_next_start(string path)
    {
        await using var api = await TestApi.Open();
        var reply = (await Send(api, path, local: Skipped)).MustRefuse(422, "not_on_slot");
        reply.Member("nextStart").ShouldBe("2026-03-08T07:00:00Z");
        reply.Member("localStart").ShouldBe("2026-03-08T03:00");
        reply.Member("detail").ShouldContain("2026-03-08 03:00 EDT");
    }

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task Both_fields_and_neither_are_400_and_both_are_named(string path)
    {
        await using var api = await TestApi.Open();
        var (instant, local) = Fields(path);
        var neither = (await Send(api, path)).MustRefuse(400, "invalid");
        neither.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe([instant, local]);
        var both = (await Send(api, path, "2026-05-04T09:00:00Z", "2026-05-04T09:00")).MustRefuse(400, "invalid");
        both.Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe([instant, local]);
        both.Text.ShouldContain("2026-05-04T13:00:00Z");
        both.Text.ShouldContain("2026-05-04T09:00:00Z");
        var odd = (await Send(api, path, "2026-05-04T09:00:00Z", Twice)).MustRefuse(400, "invalid");
        odd.Text.ShouldContain("2026-11-01T05:00:00Z");
        odd.Text.ShouldContain("2026-11-01T06:00:00Z");
    }

    [Theory]
    [InlineData("2026-05-04T09:00:00")]
    [InlineData("2026-05-04T09:00Z")]
    [InlineData("2026-05-04T09:00-04:00")]
    [InlineData("2026-05-04 09:00")]
    [InlineData("2026-05-04")]
    [InlineData("2026-05-04T9:00")]
    [InlineData("2026-05-04T24:00")]
    [InlineData("2026-02-30T09:00")]
    [InlineData("1999-12-31T23:00")]
    [InlineData("2201-01-01T00:00")]
    [InlineData("+2026-05-04T09:00")]
    [InlineData("")]
    public async Task A_malformed_local_start_is_400_with_the_form_that_it_must_have(string text)
    {
        await using var api = await TestApi.Open();
        var reply = (await Send(api, Bookings, local: text)).MustRefuse(400, "invalid");
        ((string)reply.Json["errors"]!["localStart"]!.AsArray().Single()!).ShouldContain("such as 2026-12-07T09:00");
    }

    [Fact]
    public async Task A_start_between_two_hours_is_not_on_slot()
    {
        await using var api = await TestApi.Open();
        (await Send(api, Bookings, local: "2026-05-04T09:30")).MustRefuse(422, "not_on_slot").Member("localStart").ShouldBe("2026-05-04T10:00");
    }

    /// <summary>Every bad field is listed, also when an hour comes twice. A null is named, and does not count as given.</summary>
    [Fact]
    public async Task All_faults_are_listed_at_once()
    {
        await using var api = await TestApi.Open();
        var body = Body(Bookings, local: Twice);
        body["seats"] = 0;
        (await api.Instructor.Post(Bookings, body)).Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["seats", "localStart"]);
        body["start"] = null;
        (await api.Instructor.Post(Bookings, body)).Json["errors"]!.AsObject().Select(error => error.Key)
            .ShouldBe(["seats", "start", "localStart"], ignoreOrder: true);
    }

    /// <summary>
    /// 401, 403, a known key, 400, 404, 403, rules. Whether an hour comes twice depends on the institution's zone, so an institution out of reach says nothing:
    /// the answers for it and for an absent one are equal.
    /// </summary>
    [Fact]
    public async Task R14_an_institution_out_of_reach_and_an_absent_one_answer_alike()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put($"/institutions/{Schools.Foreign}", Schools.School("America/Vancouver")));
        foreach (var list in new[] { "bookings", "holds", "requests" })
        {
            foreach (var (instant, local, status) in new[]
            {
                (null, Twice, 404), (null, Skipped, 404), (null, "2026-05-04T09:00", 404), (null, "noon", 400), ("2026-05-04T09:00:00Z", Twice, 400),
                ((string?)null, (string?)null, 400),
            })
            {
                var foreign = await api.Instructor.Post($"/institutions/{Schools.Foreign}/{list}", Body($"/{list}", instant, local));
                var absent = await api.Instructor.Post($"/institutions/absent/{list}", Body($"/{list}", instant, local));
                foreign.Status.ShouldBe(status, foreign.Text);
                absent.Text.ShouldBe(foreign.Text);
                foreign.Text.ShouldNotContain("Vancouver");
                foreign.Text.ShouldNotContain("2026-11-01T0");
            }
        }

        var booked = (await api.Caller("foreign").Post($"/institutions/{Schools.Foreign}/bookings", Body(Bookings, local: "2026-05-04T09:00"))).Must(201);
        booked.Member("start").ShouldBe("2026-05-04T16:00:00Z");
        foreach (var id in new[] { booked.Member("id"), Guid.CreateVersion7().ToString() })
            (await api.Instructor.Post($"/bookings/{id}/reschedule", Body("/bookings/{id}/reschedule", local: Twice))).MustRefuse(404, "not_found");
        (await api.Caller("viewer").Post(Bookings, Body(Bookings, local: Twice))).Status.ShouldBe(403);
    }

    [Fact]
    public async Task Refusals_that_come_before_the_grid_come_first()
    {
        await using var api = await TestApi.Open();
        async Task<string> Code(string field, string value, string local)
        {
            var body = Body(Bookings, local: local);
            body[field] = value;
            return (await api.Instructor.Post(Bookings, body)).Code;
        }

        (await Code("exam", "nowhere", Skipped)).ShouldBe("unknown_exam");
        (await Code("pool", "nowhere", Skipped)).ShouldBe("unknown_pool");
        (await Code("exam", "nowhere", Twice)).ShouldBe("invalid");
        var overridden = Body(Bookings, local: Skipped);
        overridden["override"] = new JsonObject { ["reason"] = "agreed" };
        (await api.Instructor.Post(Bookings, overridden)).MustRefuse(403, "forbidden");
        var id = (await Send(api, Bookings, local: "2026-05-04T09:00")).Member("id");
        await ApiClient.Must(api.Instructor.Post($"/bookings/{id}/cancel", null));
        (await api.Instructor.Post($"/bookings/{id}/reschedule", new JsonObject { ["localStart"] = Skipped })).MustRefuse(409, "booking_cancelled");
        (await api.Instructor.Post($"/bookings/{id}/reschedule", new JsonObject { ["localStart"] = Twice })).MustRefuse(400, "invalid");
    }

    /// <summary>The first answer comes again although the institution has moved, and the local start now comes twice in its new zone.</summary>
    [Fact]
    public async Task R13_a_repeat_gets_the_first_answer_whatever_the_zone_is_by_then()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put($"/institutions/{Schools.Own}", Schools.School("America/Halifax", Schools.Board)));
        var body = Body(Bookings, local: "2026-10-25T01:00");
        var first = (await api.Instructor.Post(Bookings, body, ("Idempotency-Key", "k"))).Must(201);
        await ApiClient.Must(api.Operator.Put($"/institutions/{Schools.Own}", Schools.School("Europe/London", Schools.Board)));
        var again = (await api.Instructor.Post(Bookings, body, ("Idempotency-Key", "k"))).Must(201);
        again.Header("Idempotency-Replayed").ShouldBe("true");
        (again.Member("id"), again.Member("start")).ShouldBe((first.Member("id"), first.Member("start")));
        (await api.Instructor.Post(Bookings, body)).MustRefuse(400, "invalid");
    }

    [Fact]
    public async Task Availability_shows_the_zone_of_the_institution_or_for_an_operator_of_the_pool()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put($"/institutions/{Schools.Own}", Schools.School("America/St_Johns", Schools.Board)));
        var path = $"/availability?pool={Schools.Pool}&from=2026-05-04T13:00:00Z&to=2026-05-04T14:00:00Z";
        async Task<string> Shown(ApiClient caller, string query = "")
        {
            var shown = await ApiClient.Must(caller.Get(path + query));
            ((string)shown["zone"]!).ShouldBe("America/Toronto");
            var row = shown["slots"]!.AsArray().Single()!;
            return $"{row["localStart"]} {row["zone"]}";
        }

        (await Shown(api.Instructor)).ShouldBe("2026-05-04T10:30 America/St_Johns");
        (await Shown(api.Operator)).ShouldBe("2026-05-04T09:00 America/Toronto");
        (await Shown(api.Operator, $"&institution={Schools.Own}")).ShouldBe("2026-05-04T10:30 America/St_Johns");
        (await Shown(api.Caller("boardCoordinator"), $"&institution={Schools.Own}")).ShouldBe("2026-05-04T10:30 America/St_Johns");
        (await Shown(api.Caller("boardCoordinator"))).ShouldBe("2026-05-04T09:00 America/Toronto");
    }

    /// <summary>Whoever reads, the starts are those of the institution that booked. A pool's own figures are in the pool's zone.</summary>
    [Fact]
    public async Task Lists_records_notices_and_capacity_show_the_right_zone()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put($"/institutions/{Schools.Own}", Schools.School("America/St_Johns", Schools.Board)));
        var start = Instant.FromUtc(2026, 5, 4, 13, 0);
        var hour = $"from={Schools.Text(start)}&to={Schools.Text(start + Duration.FromHours(1))}";
        var exception = new JsonObject { ["from"] = Schools.Text(start), ["to"] = Schools.Text(start + Duration.FromHours(1)), ["seats"] = 5 };
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", exception));
        var booked = (await Send(api, Bookings, local: "2026-05-04T10:30", seats: 5)).Must(201);
        var held = (await Send(api, $"/institutions/{Schools.Own}/holds", local: "2026-05-04T11:30")).Must(201);
        var queued = (await Send(api, $"/institutions/{Schools.Own}/requests", local: "2026-05-04T10:30")).Must(201);
        foreach (var (path, local) in new[]
        {
            ($"/bookings/{booked.Member("id")}", "2026-05-04T10:30"), ($"/holds/{held.Member("id")}", "2026-05-04T11:30"),
            ($"/requests/{queued.Member("id")}", "2026-05-04T10:30"),
        })
        {
            foreach (var caller in new[] { api.Operator, api.Instructor, api.Caller("boardCoordinator") })
                Local((await caller.Get(path)).Must(200).Json).ShouldBe($"{local} America/St_Johns");
        }

        Local((await First(api.Operator, Bookings))!).ShouldBe("2026-05-04T10:30 America/St_Johns");
        Local((await First(api.Operator, $"/institutions/{Schools.Own}/queue"))!).ShouldBe("2026-05-04T10:30 America/St_Johns");
        Local((await First(api.Operator, $"/audit?subject=booking/{booked.Member("id")}"))!["after"]!).ShouldBe("2026-05-04T10:30 America/St_Johns");
        Local((await ApiClient.Must(api.Instructor.Get($"/pools/{Schools.Pool}/capacity?{hour}")))["slots"]![0]!).ShouldBe("2026-05-04T09:00 America/Toronto");
        exception["seats"] = 1;
        var below = (await api.Operator.Put($"/pools/{Schools.Pool}/capacity", exception)).MustRefuse(409, "capacity_below_booked");
        Local(below.Json["slots"]![0]!).ShouldBe("2026-05-04T09:00 America/Toronto");
        exception["force"] = true;
        exception["reason"] = "machines broke";
        var forced = await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", exception));
        Local(forced["shortfall"]![0]!).ShouldBe("2026-05-04T09:00 America/Toronto");
        exception["from"] = "2026-05-04T13:30:00Z";
        Local((await api.Operator.Put($"/pools/{Schools.Pool}/capacity", exception)).MustRefuse(422, "not_on_slot").Json)
            .ShouldBe("2026-05-04T10:00 America/Toronto");

        exception["seats"] = 1_000;
        exception["from"] = Schools.Text(start);
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", exception));
        // The first notice is of the forced capacity, whose slots are the pool's. The second is of the entry that got the seats.
        var notices = (await ApiClient.Must(api.Operator.Get($"/institutions/{Schools.Own}/notices")))["items"]!.AsArray();
        Local(notices[0]!["after"]!["shortfall"]![0]!).ShouldBe("2026-05-04T09:00 America/Toronto");
        Local(notices[1]!["after"]!).ShouldBe("2026-05-04T10:30 America/St_Johns");
    }

    [Fact]
    public async Task Refusals_show_the_local_start_of_each_slot_and_alternative()
    {
        await using var api = await TestApi.Open();
        await ApiClient.Must(api.Operator.Put($"/institutions/{Schools.Own}", Schools.School("America/St_Johns", Schools.Board)));
        var season = new JsonObject { ["name"] = "All", ["from"] = "2026-05-01", ["to"] = "2026-12-31", ["fairShare"] = 0.5 };
        await ApiClient.Must(api.Operator.Put("/seasons/all", season));
        var full = (await Send(api, Bookings, local: "2026-05-05T10:30", seats: 1_001)).MustRefuse(409, "slot_full");
        Local(full.Json["slots"]![0]!).ShouldBe("2026-05-05T10:30 America/St_Johns");
        var share = (await Send(api, Bookings, local: "2026-05-05T10:30", seats: 501)).MustRefuse(422, "fair_share");
        Local(share.Json).ShouldBe("2026-05-05T10:30 America/St_Johns");
        await ApiClient.Must(api.Operator.Put($"/pools/{Schools.Pool}/capacity", JsonNode.Parse("""
            {"from":"2026-05-04T13:00:00Z","to":"2026-05-04T14:00:00Z","seats":0}
            """)));
        var closed = (await Send(api, Bookings, local: "2026-05-04T10:30")).MustRefuse(422, "closed");
        ((string)closed.Json["closed"]![0]!).ShouldBe("2026-05-04T13:00:00Z");
        Local(closed.Json["slots"]![0]!).ShouldBe("2026-05-04T10:30 America/St_Johns");
    }

    private static string Local(JsonNode shown) => $"{shown["localStart"]} {shown["zone"]}";

    private static async Task<JsonNode?> First(ApiClient caller, string path) => (await ApiClient.Must(caller.Get(path)))["items"]![0];

    private static (string Instant, string Local) Fields(string path) =>
        path.EndsWith("/requests", StringComparison.Ordinal) ? ("preferredStart", "localPreferredStart") : ("start", "localStart");

    private static JsonObject Body(string path, string? instant = null, string? local = null, int seats = 2)
    {
        var (instantName, localName) = Fields(path);
        var body = path.EndsWith("/reschedule", StringComparison.Ordinal)
            ? []
            : new JsonObject { ["exam"] = Schools.Exam, ["pool"] = Schools.Pool, ["seats"] = seats, ["mode"] = "lab" };
        if (instant is not null)
            body[instantName] = instant;
        if (local is not null)
            body[localName] = local;
        return body;
    }

    /// <summary>Sends a body with these starts as the instructor. For a reschedule a booking is made first.</summary>
    private static async Task<Reply> Send(TestApi api, string path, string? instant = null, string? local = null, int seats = 2)
    {
        if (path.Contains("{id}", StringComparison.Ordinal))
        {
            var booked = (await api.Instructor.Post(Bookings, Schools.Booking(Schools.Slot(100, 10)))).Must(201);
            path = path.Replace("{id}", booked.Member("id"), StringComparison.Ordinal);
        }

        return await api.Instructor.Post(path, Body(path, instant, local, seats));
    }
}
