using System.Text.Json;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>Each route once as the contract shows it.</summary>
public sealed class RoutesTests(ApiFixture api) : IClassFixture<ApiFixture>
{
    [Fact]
    public async Task A_booking_is_made_read_moved_resized_cancelled_and_listed()
    {
        var who = await api.NewCaller("instructor", "a");
        var made = (await who.Post("/institutions/a/bookings", Json.Of(
            ("exam", "e"), ("pool", "p"), ("start", Json.Text(SmallPool.Slot(40, 9))), ("seats", 8), ("mode", "online"), ("reference", "class 10B"),
            ("accommodations", new[] { new { candidates = 2, extraTimePercent = 50 } })))).Must(201);
        made.Member("status").ShouldBe("confirmed");
        made.Root.GetProperty("seatProfile").EnumerateArray().Select(seats => seats.GetInt32()).ShouldBe([8, 2]);
        made.Member("end").ShouldBe("2026-04-10T11:00:00Z");
        made.Header("ETag")!.ShouldBe("\"1\"");
        made.Header("Location")!.ShouldBe($"/api/v1/bookings/{made.Member("id")}");
        var id = made.Member("id");
        (await who.Get($"/bookings/{id}")).Must(200).Text.ShouldBe(made.Text);
        (await who.Get($"/bookings/{id}", ("If-None-Match", "\"1\""))).Must(304);

        (await who.Post($"/bookings/{id}/reschedule", Json.Of(("start", Json.Text(SmallPool.Slot(41, 9)))), ("If-Match", "\"7\""))).MustRefuse(412, "stale");
        (await who.Post($"/bookings/{id}/reschedule", Json.Of(("start", Json.Text(SmallPool.Slot(41, 9)))), ("If-Match", "\"1\"")))
            .Must(200).Member("start").ShouldBe("2026-04-11T09:00:00Z");
        (await who.Post($"/bookings/{id}/resize", Json.Of(("seats", 5)))).Must(200).Root.GetProperty("seatProfile")[1].GetInt32().ShouldBe(2);
        (await who.Post($"/bookings/{id}/attendance", Json.Of(("attended", 4)))).MustRefuse(422, "sitting_not_begun");
        (await who.Post($"/bookings/{id}/cancel", Json.Of(("reason", "ill")))).Must(200).Member("status").ShouldBe("cancelled");
        (await who.Post($"/bookings/{id}/cancel", null)).Must(200).Member("status").ShouldBe("cancelled");
        (await who.Post($"/bookings/{id}/reschedule", Json.Of(("start", Json.Text(SmallPool.Slot(42, 9)))))).MustRefuse(409, "booking_cancelled");
        var listed = (await who.Get("/institutions/a/bookings?status=cancelled&from=2026-04-11T00:00:00Z&to=2026-04-12T00:00:00Z")).Must(200);
        listed.Root.GetProperty("items").EnumerateArray().Single().GetProperty("id").GetString().ShouldBe(id);
    }

    [Fact]
    public async Task A_hold_is_confirmed_once_and_another_released()
    {
        var who = await api.NewCaller("instructor", "a");
        var hold = (await who.Post("/institutions/a/holds", SmallPool.Booking(SmallPool.Slot(43, 9), 3))).Must(201);
        hold.Member("status").ShouldBe("held");
        hold.Member("expiresAt").ShouldBe(Json.Text(api.Clock.Now + Duration.FromMinutes(10)));
        hold.Header("ETag")!.ShouldBe("\"1\"");
        (await who.Get($"/holds/{hold.Member("id")}")).Must(200).Header("ETag")!.ShouldBe("\"1\"");
        (await who.Post($"/holds/{hold.Member("id")}/confirm", null, ("If-Match", "\"9\""))).MustRefuse(412, "stale");
        (await who.Delete($"/holds/{hold.Member("id")}", ("If-Match", "\"9\""))).MustRefuse(412, "stale");
        var booking = (await who.Post($"/holds/{hold.Member("id")}/confirm", null, ("If-Match", "\"1\""))).Must(201);
        (await who.Get($"/holds/{hold.Member("id")}")).Must(200).Member("status").ShouldBe("confirmed");
        (await who.Post($"/holds/{hold.Member("id")}/confirm", null)).MustRefuse(409, "hold_confirmed").Member("booking").ShouldBe(booking.Member("id"));
        var other = (await who.Post("/institutions/a/holds", SmallPool.Booking(SmallPool.Slot(43, 9), 3))).Must(201);
        (await who.Delete($"/holds/{other.Member("id")}")).Must(204);
        (await who.Get($"/holds/{other.Member("id")}")).Must(200).Member("status").ShouldBe("released");
    }

    [Fact]
    public async Task Availability_shows_each_slot_with_its_reason()
    {
        var who = await api.NewCaller("viewer", "a");
        var shown = (await who.Get($"/availability?pool=p&from=2026-03-02T00:00:00Z&to=2026-03-18T00:00:00Z")).Must(200);
        var slots = shown.Root.GetProperty("slots").EnumerateArray().ToList();
        slots.Count.ShouldBe(16 * 24);
        string? Reason(string start) => slots.Single(slot => slot.GetProperty("start").GetString() == start).GetProperty("reason").GetString();
        Reason("2026-03-02T12:00:00Z").ShouldBe("past");
        Reason("2026-03-02T13:00:00Z").ShouldBe("lead_time");
        Reason("2026-03-15T23:00:00Z").ShouldBe("lead_time");
        Reason("2026-03-16T00:00:00Z").ShouldBeNull();
        (await who.Get("/availability?pool=p&from=2026-03-02T00:00:00Z&to=2026-04-07T00:00:00Z")).MustRefuse(400, "invalid");
        (await who.Get("/availability?pool=none&from=2026-03-02T00:00:00Z&to=2026-03-03T00:00:00Z")).MustRefuse(404, "unknown_pool");
    }

    [Fact]
    public async Task The_waitlist_is_joined_seen_and_left()
    {
        var who = await api.NewCaller("coordinator", "a");
        (await who.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(44, 9), 20))).Must(201);
        var request = Json.Of(("exam", "e"), ("pool", "p"), ("seats", 4), ("mode", "lab"), ("preferredStart", Json.Text(SmallPool.Slot(44, 9))));
        var joined = (await who.Post("/institutions/a/requests", request)).Must(201);
        joined.Member("status").ShouldBe("queued");
        var entry = (await who.Get("/institutions/a/queue")).Must(200).Root.GetProperty("items").EnumerateArray()
            .Single(one => one.GetProperty("id").GetString() == joined.Member("id"));
        entry.GetProperty("position").GetInt32().ShouldBe(1);
        entry.GetProperty("rank").GetInt32().ShouldBe(1);
        (await who.Delete($"/requests/{joined.Member("id")}")).Must(204);
        (await who.Get($"/requests/{joined.Member("id")}")).Must(200).Member("status").ShouldBe("withdrawn");
    }

    [Fact]
    public async Task What_the_policy_shows_can_be_put_as_it_is()
    {
        var policy = (await api.Operator.Get("/policy")).Must(200);
        var put = (await api.Operator.Put("/policy", policy.Text)).Must(200);
        (await api.Operator.Get("/policy")).Must(200).Text.ShouldBe(put.Text);
        put.Number("version").ShouldBe(policy.Number("version") + 1);
        (await api.Operator.Put("/policy", policy.Text)).MustRefuse(412, "stale");
        policy.Number("leadTimeDays").ShouldBe(14);
    }

    [Fact]
    public async Task R13_a_repeat_gets_the_first_answer_and_says_so()
    {
        var who = await api.NewCaller("instructor", "b");
        var body = SmallPool.Booking(SmallPool.Slot(45, 9), 2);
        var first = (await who.Post("/institutions/b/bookings", body, ("Idempotency-Key", "k1"))).Must(201);
        var again = (await who.Post("/institutions/b/bookings", body, ("Idempotency-Key", "k1"))).Must(201);
        again.Text.ShouldBe(first.Text);
        again.Header("Idempotency-Replayed")!.ShouldBe("true");
        again.Header("ETag")!.ShouldBe(first.Header("ETag")!);
        again.Header("Location")!.ShouldBe(first.Header("Location")!);
        (await who.Post("/institutions/b/bookings", SmallPool.Booking(SmallPool.Slot(45, 9), 3), ("Idempotency-Key", "k1")))
            .MustRefuse(422, "idempotency_key_reused");
        (await who.Post("/institutions/b/bookings", "{", ("Idempotency-Key", "k1"))).MustRefuse(422, "idempotency_key_reused");
        (await who.Post("/institutions/b/bookings", SmallPool.Booking(SmallPool.Slot(45, 9), 30), ("Idempotency-Key", "k2"))).MustRefuse(409, "slot_full");
        (await who.Post("/institutions/b/bookings", SmallPool.Booking(SmallPool.Slot(45, 9), 3), ("Idempotency-Key", "k2"))).Must(201);

        var key = Json.Of(("role", "viewer"), ("institution", "b"), ("name", "board"));
        var made = (await api.Operator.Post("/api-keys", key, ("Idempotency-Key", "k3"))).Must(201);
        made.Member("key").ShouldStartWith("sk_");
        var replayed = (await api.Operator.Post("/api-keys", key, ("Idempotency-Key", "k3"))).Must(201);
        replayed.Root.TryGetProperty("key", out _).ShouldBeFalse();
        replayed.Member("id").ShouldBe(made.Member("id"));
    }

    [Fact]
    public async Task R15_every_change_leaves_who_when_what_before_after_and_why()
    {
        var who = await api.NewCaller("instructor", "b");
        var id = (await who.Post("/institutions/b/bookings", SmallPool.Booking(SmallPool.Slot(46, 9), 2))).Must(201).Member("id");
        (await who.Post($"/bookings/{id}/cancel", Json.Of(("reason", "strike")))).Must(200);
        var rows = (await api.Operator.Get($"/audit?subject=booking/{id}")).Must(200).Root.GetProperty("items").EnumerateArray().ToList();
        rows.Count.ShouldBe(2);
        rows[0].GetProperty("what").GetString().ShouldBe("booking_made");
        rows[1].GetProperty("what").GetString().ShouldBe("booking_cancelled");
        rows[1].GetProperty("why").GetString().ShouldBe("strike");
        rows[1].GetProperty("when").GetString().ShouldBe(Json.Text(api.Clock.Now));
        rows[1].GetProperty("before").GetProperty("status").GetString().ShouldBe("confirmed");
        rows[1].GetProperty("after").GetProperty("status").GetString().ShouldBe("cancelled");
        rows[1].GetProperty("who").ValueKind.ShouldBe(JsonValueKind.String);
        (await who.Get($"/audit?subject=booking/{id}")).MustRefuse(403, "forbidden");
    }

    [Fact]
    public async Task Anybody_is_told_what_this_is_and_health_needs_no_sign_in()
    {
        var nobody = api.As(null);
        (await nobody.Get("/")).Must(200).Header("Content-Type")!.ShouldStartWith("text/html");
        (await nobody.Get("/health/live")).Must(200);
        (await nobody.Get("/health/ready")).Must(200);
        (await nobody.Get("/me")).MustRefuse(401, "not_signed_in");
        (await api.As("sk_wrong").Get("/me")).MustRefuse(401, "not_signed_in");
        (await api.Operator.Get("/nowhere")).Status.ShouldBe(404);
        (await api.Operator.Delete("/me")).Status.ShouldBe(405);
    }

    [Fact]
    public async Task Lists_go_on_from_their_cursor()
    {
        var first = (await api.Operator.Get("/institutions?limit=3")).Must(200);
        first.Root.GetProperty("items").GetArrayLength().ShouldBe(3);
        var rest = (await api.Operator.Get($"/institutions?limit=3&cursor={Uri.EscapeDataString(first.Member("next"))}")).Must(200);
        rest.Root.GetProperty("items").GetArrayLength().ShouldBeGreaterThan(0);
        (await api.Operator.Get("/institutions?limit=501")).MustRefuse(400, "invalid");
        (await api.Operator.Get("/institutions?limit=0")).MustRefuse(400, "invalid");
        (await api.Operator.Get("/institutions?cursor=%21%21")).MustRefuse(400, "invalid");
    }
}
