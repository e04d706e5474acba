using NodaTime;
using Scheduler.Api;

namespace Scheduler.Tests;

/// <summary>
/// R14 on every route of the table: nobody, each role, the own school, its board, a stranger, the operator; what is a stranger's looks exactly like what is not
/// there.
/// </summary>
public sealed class R14_WhoMay(ApiFixture api) : IClassFixture<ApiFixture>
{
    private static readonly string[] _operatorsOnly =
    [
        "PUT /pools/{id}", "PUT /exams/{id}", "PUT /seasons/{id}", "PUT /institutions/{id}", "PUT /policy", "PUT /pools/{id}/template",
        "PUT /pools/{id}/capacity", "PUT /pools/{id}/capacity/hours",
        "PATCH /pools/{id}", "PATCH /exams/{id}", "PATCH /seasons/{id}", "PATCH /policy",
        "DELETE /pools/{id}", "DELETE /exams/{id}", "DELETE /seasons/{id}", "DELETE /institutions/{id}",
        "DELETE /pools/{id}/capacity", "POST /pools/{id}/capacity/raise", "POST /pools/{id}/capacity/undo", "POST /institutions/{id}/packs", "GET /bookings",
        "PATCH /packs/{id}",
        "POST /plans", "GET /plans", "GET /plans/{id}", "GET /plans/{id}/events", "GET /plans/{id}/instance", "DELETE /plans/{id}",
        "POST /plans/{id}/finish",
        "POST /plans/{id}/apply", "GET /plans/{id}/comparison", "GET /advice", "GET /advice/curve", "GET /advice/template", "POST /what-if",
        "POST /imports", "GET /imports/{id}", "GET /imports/{id}/rows", "POST /imports/{id}/apply",
    ];

    private static readonly string[] _managers =
    [
        "PATCH /institutions/{id}", "GET /institutions/{id}/packs", "POST /api-keys", "GET /api-keys", "DELETE /api-keys/{id}", "GET /audit",
        "GET /people", "GET /people/{id}", "PATCH /people/{id}", "DELETE /people/{id}", "POST /people/{id}/recovery", "POST /invitations",
        "GET /invitations", "DELETE /invitations/{id}",
    ];

    private static readonly string[] _everyone =
    [
        "GET /pools", "GET /pools/{id}", "GET /exams", "GET /exams/{id}", "GET /seasons", "GET /seasons/{id}", "GET /seasons/{id}/opening",
        "GET /institutions", "GET /institutions/{id}",
        "GET /policy",
        "GET /pools/{id}/capacity", "GET /me", "GET /availability", "GET /availability/first", "GET /availability/stream",
        "GET /availability/season", "GET /institutions/{id}/bookings",
        "GET /bookings/{id}", "GET /holds/{id}",
        "GET /requests/{id}", "GET /institutions/{id}/holds", "GET /institutions/{id}/vouchers",
        "GET /institutions/{id}/queue", "GET /institutions/{id}/notices", "GET /use",
    ];

    private static readonly string[] _bookers =
    [
        "POST /institutions/{id}/bookings", "POST /institutions/{id}/bookings/series", "POST /bookings/{id}/cancel",
        "POST /bookings/{id}/reschedule", "POST /bookings/{id}/resize",
        "POST /bookings/{id}/attendance", "GET /bookings/{id}/history",
        "POST /institutions/{id}/holds", "POST /holds/{id}/confirm", "POST /holds/{id}/replace", "DELETE /holds/{id}", "POST /institutions/{id}/requests",
        "DELETE /requests/{id}",
        "PATCH /requests/{id}",
    ];

    [Fact]
    public void R14_every_route_has_its_row_here() => ApiRoute.All.Select(route => $"{route.Method} {route.Path}").Order(StringComparer.Ordinal)
        .ShouldBe(_operatorsOnly.Concat(_managers).Concat(_everyone).Concat(_bookers).Order(StringComparer.Ordinal));

    [Fact]
    public async Task R14_nobody_sees_or_does_anything()
    {
        foreach (var route in ApiRoute.All)
            (await Call(api.As(null), route, "a")).MustRefuse(401, "not_signed_in");
    }

    [Theory]
    [InlineData("viewer")]
    [InlineData("instructor")]
    [InlineData("coordinator")]
    public async Task R14_a_role_that_may_never_do_this_is_told_so_before_anything_else(string role)
    {
        var who = await api.NewCaller(role, "a");
        foreach (var route in ApiRoute.All)
        {
            var name = $"{route.Method} {route.Path}";
            var may = _everyone.Contains(name) || (role != "viewer" && _bookers.Contains(name)) || (role == "coordinator" && _managers.Contains(name));
            var reply = await Call(who, route, "absent-one");
            if (may)
                reply.Status.ShouldNotBe(403, $"{role} {name}: {reply.Text}");
            else
                reply.MustRefuse(403, "forbidden");
        }
    }

    [Theory]
    [InlineData("instructor")]
    [InlineData("coordinator")]
    [InlineData("viewer")]
    public async Task R14_a_strangers_thing_cannot_be_told_from_one_that_is_not_there(string role)
    {
        var owner = await api.NewCaller("coordinator", "a");
        var stranger = await api.NewCaller(role, "x");
        var subjects = await Subjects(owner);
        var before = (await api.Operator.Get($"/bookings/{subjects["bookings"]}")).Must(200).Text;
        foreach (var route in ApiRoute.All.Where(route => route.Path.Contains("{id}", StringComparison.Ordinal) && !IsPublic(route)))
        {
            var kind = route.Path.Split('/')[1];
            var foreign = await Call(stranger, route, subjects[kind]);
            var absent = await Call(stranger, route, kind == "institutions" ? "absent-one" : Guid.CreateVersion7().ToString());
            var name = $"{role} {route.Method} {route.Path}";
            foreign.Text.ShouldBe(absent.Text, name);
            foreign.Status.ShouldBe(absent.Status, name);
            foreign.Status.ShouldBeOneOf(403, 404);
            foreign.AllHeaders.Order().ShouldBe(absent.AllHeaders.Order(), name);
        }

        (await api.Operator.Get($"/bookings/{subjects["bookings"]}")).Must(200).Text.ShouldBe(before);
        (await stranger.Get("/availability?pool=p&from=2026-04-01T00:00:00Z&to=2026-04-02T00:00:00Z&institution=a")).MustRefuse(404, "not_found");
        (await stranger.Get("/institutions")).Must(200).Text.ShouldNotContain("\"a\"");
    }

    [Fact]
    public async Task R14_a_boards_coordinator_reaches_its_schools_and_an_instructor_of_the_board_does_not()
    {
        var owner = await api.NewCaller("instructor", "a");
        var subjects = await Subjects(owner);
        var board = await api.NewCaller("coordinator", "m");
        (await board.Get($"/bookings/{subjects["bookings"]}")).Must(200);
        (await board.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(52, 10), 1))).Must(201);
        (await board.Get("/institutions/x")).MustRefuse(404, "not_found");
        (await board.Post("/api-keys", Json.Of(("role", "instructor"), ("institution", "b"), ("name", "n")))).Must(201);
        (await board.Post("/api-keys", Json.Of(("role", "coordinator"), ("institution", "b"), ("name", "n")))).Status.ShouldBe(403);
        (await board.Post("/api-keys", Json.Of(("role", "viewer"), ("institution", "x"), ("name", "n")))).MustRefuse(404, "not_found");
        var instructor = await api.NewCaller("instructor", "m");
        (await instructor.Get($"/bookings/{subjects["bookings"]}")).MustRefuse(404, "not_found");
    }

    [Fact]
    public async Task R14_only_an_operator_overrides_or_weighs()
    {
        var who = await api.NewCaller("coordinator", "a");
        var soon = Json.Of(
            ("exam", "e"), ("pool", "p"), ("start", Json.Text(SmallPool.Slot(3, 10))), ("seats", 1), ("mode", "lab"), ("override",
            new { reason = "fire at the other site" }));
        (await who.Post("/institutions/a/bookings", soon)).MustRefuse(403, "forbidden");
        (await who.Post("/institutions/absent-one/bookings", soon)).MustRefuse(404, "not_found");
        (await api.Operator.Post("/institutions/a/bookings", soon)).Must(201);
        var heavy = Json.Of(("exam", "e"), ("pool", "p"), ("seats", 1), ("mode", "lab"), ("preferredStart", Json.Text(SmallPool.Slot(53, 9))), ("weight", 2));
        (await who.Post("/institutions/a/requests", heavy)).MustRefuse(403, "forbidden");
    }

    [Fact]
    public async Task R14_a_coordinator_changes_proctors_lab_seats_and_short_notice_of_its_reach_and_nothing_else()
    {
        foreach (var at in new[] { "b", "m" })
        {
            var who = await api.NewCaller("coordinator", at);
            var before = (await api.Operator.Get("/institutions/b")).Must(200);
            var changed = (await who.Patch("/institutions/b", """{"proctors":7,"labSeats":31,"shortNoticeDays":4}""")).Must(200);
            (changed.Number("proctors"), changed.Number("labSeats"), changed.Number("shortNoticeDays")).ShouldBe((7, 31, 4));
            (await who.Patch("/institutions/b", Json.Of(("name", before.Member("name")), ("proctors", 8)))).Must(200);
            foreach (var other in new[]
            {
                """{"name":"n","proctors":9}""", """{"onboarding":{"itLab":false}}""", """{"board":null}""", """{"zone":"Asia/Tokyo"}""",
            })
            {
                (await who.Patch("/institutions/b", other)).MustRefuse(403, "forbidden");
            }

            (await who.Patch("/institutions/b", """{"proctors":-1}""")).MustRefuse(400, "invalid");
            (await who.Patch("/institutions/x", """{"proctors":9}""")).MustRefuse(404, "not_found");
            (await api.Operator.Get("/institutions/b")).Must(200).Number("proctors").ShouldBe(8);
        }
    }

    private static bool IsPublic(ApiRoute route) => route.Path.Split('/')[1] is "pools" or "exams" or "seasons";

    private async Task<Dictionary<string, string>> Subjects(ApiClient owner)
    {
        var hour = Random.Shared.Next(24);
        // One hour of the pool has the seats for which the request waits.
        (await api.Operator.Put("/pools/p/capacity", Json.Of(
            ("from", Json.Text(SmallPool.Slot(90, 0))), ("to", Json.Text(SmallPool.Slot(90, 1))), ("seats", 100)))).Must(200);
        var booking = (await owner.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(50, hour), 1))).Must(201).Member("id");
        var hold = (await owner.Post("/institutions/a/holds", SmallPool.Booking(SmallPool.Slot(51, hour), 1))).Must(201).Member("id");
        var request = (await owner.Post(
            "/institutions/a/requests",
            Json.Of(("exam", "e"), ("pool", "p"), ("seats", 100), ("mode", "lab"),
                ("preferredStart", Json.Text(SmallPool.Slot(53, hour)))))).Must(201).Member("id");
        return new()
        {
            ["packs"] = (await api.Operator.Get("/institutions/a/packs")).Must(200).Root.GetProperty("items")[0].GetProperty("id").GetString()!,
            ["institutions"] = "a", ["bookings"] = booking, ["holds"] = hold, ["requests"] = request,
            ["api-keys"] = Guid.CreateVersion7().ToString(),
            ["imports"] = Guid.CreateVersion7().ToString(),
            ["plans"] = Guid.CreateVersion7().ToString(),
            ["people"] = await TestPeople.Add(api.Services, "instructor", "a"),
            ["invitations"] = (await api.Operator.Post("/invitations", Json.Of(
                ("email", $"{Guid.CreateVersion7()}@school.example"), ("role", "viewer"), ("institution", "a")))).Must(201).Member("id"),
        };
    }

    private static Task<Reply> Call(ApiClient who, ApiRoute route, string id)
    {
        var path = route.Path.Replace("{id}", id, StringComparison.Ordinal);
        var isOfPool = route.Path is "/availability" or "/availability/first" or "/bookings" or "/advice" or "/advice/curve" or "/advice/template";
        if (isOfPool || (route.Path == "/pools/{id}/capacity" && route.Method is "GET" or "DELETE"))
            path += $"?{(isOfPool ? "pool=p&" : "")}from=2026-04-01T00:00:00Z&to=2026-04-02T00:00:00Z";
        if (route.Path == "/availability/stream")
            path += "?pool=p&from=2026-04-01T00:00:00Z&to=2026-04-02T00:00:00Z&events=1";
        var body = Body(route);
        return who.Send(route.Method, path, body);
    }

    private static string? Body(ApiRoute route) => $"{route.Method} {route.Path}" switch
    {
        "PUT /pools/{id}" => Json.Of(("name", "n"), ("zone", "Etc/UTC"), ("image", "i")),
        "PUT /exams/{id}" => Json.Of(("programme", "MOS"), ("name", "n"), ("minutes", 50), ("checkInMinutes", 5), ("resetMinutes", 5), ("pools",
        new[] { "p" }), ("modes", new[] { "lab" })),
        "PUT /seasons/{id}" => Json.Of(("name", "n"), ("from", "2026-12-01"), ("to", "2026-12-02"), ("leadTimeDays", 21), ("fairShare", 0.25)),
        "PUT /institutions/{id}" => Json.Of(("name", "n"), ("zone", "Etc/UTC"), ("labSeats", 1), ("proctors", 1), ("ready", true)),
        "PUT /pools/{id}/capacity" => Json.Of(("from", "2026-12-01T00:00:00Z"), ("to", "2026-12-01T01:00:00Z"), ("seats", 1)),
        "PUT /pools/{id}/template" => Json.Of(
            ("weekly", new[] { new { days = new[] { "mon" }, fromTime = "08:00", toTime = "09:00", seats = 1 } }), ("from", "2026-12-01"), ("to",
            "2026-12-02")),
        "PUT /policy" => Json.Of(("leadTimeDays", 14)),
        "POST /institutions/{id}/packs" => Json.Of(("programme", "MOS"), ("quantity", 1), ("purchasedOn", "2026-01-01")),
        "PATCH /packs/{id}" => Json.Of(("quantity", 5000), ("reason", "miscounted")),
        "PATCH /people/{id}" => Json.Of(("role", "viewer")),
        "POST /invitations" => Json.Of(("email", $"{Guid.CreateVersion7()}@school.example"), ("role", "viewer"), ("institution", "a")),
        "POST /imports" => SampleBodies.Samples["Import"].ToJsonString(),
        "POST /api-keys" => Json.Of(("role", "viewer"), ("institution", "a"), ("name", "n")),
        "POST /institutions/{id}/bookings" or "POST /institutions/{id}/holds" => SmallPool.Booking(SmallPool.Slot(54, 9), 1),
        "POST /institutions/{id}/bookings/series" => $"{{\"rows\":[{SmallPool.Booking(SmallPool.Slot(54, 9), 1)}]}}",
        "POST /bookings/{id}/reschedule" => Json.Of(("start", Json.Text(SmallPool.Slot(55, 9)))),
        "POST /holds/{id}/replace" => Json.Of(("seats", 1), ("mode", "lab")),
        "POST /bookings/{id}/resize" => Json.Of(("seats", 1)),
        "POST /bookings/{id}/attendance" => Json.Of(("attended", 1)),
        "POST /institutions/{id}/requests" => Json.Of(("exam", "e"), ("pool", "p"), ("seats", 1), ("mode", "lab"), ("preferredStart",
        Json.Text(SmallPool.Slot(56, 9)))),
        "POST /bookings/{id}/cancel" or "PATCH /requests/{id}" => "{}",
        "PATCH /pools/{id}" or "PATCH /exams/{id}" or "PATCH /seasons/{id}" or "PATCH /institutions/{id}"
            or "PATCH /policy" => "{}",
        _ => null,
    };
}
