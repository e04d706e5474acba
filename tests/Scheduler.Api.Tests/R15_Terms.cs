using System.Text.Json.Nodes;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>R15 over HTTP: an exam changes under a booking and a hold, and both keep what they were promised under.</summary>
public sealed class R15_Terms(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly Instant _start = SmallPool.Slot(40, 10);

    [Fact]
    public async Task R15_an_exam_changes_under_its_bookings_on_SQLite()
    {
        await using var api = await TestApi.Open(furnish: false);
        await Story(api);
    }

    [Fact]
    public async Task R15_an_exam_changes_under_its_bookings_on_PostgreSQL()
    {
        Assert.SkipUnless(PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        await using var api = await TestApi.Open(furnish: false, connection: await postgres.Database());
        await Story(api);
    }

    private static async Task Story(TestApi api)
    {
        var caller = api.Operator;
        await SmallPool.Everything(caller);
        var booking = await Made(caller, "bookings", 10, _start);
        MustBe(booking, "MOS", 50, 10);
        var hold = await Made(caller, "holds", 5, _start);
        MustBe(hold, "MOS", 50, 5);
        // The slot is full now, so this entry waits.
        await Made(caller, "bookings", 5, _start);
        var wish = Json.Of(("exam", "e"), ("pool", "p"), ("preferredStart", Json.Text(_start)), ("seats", 4), ("mode", "lab"));
        var entry = (await caller.Post("/institutions/b/requests", wish)).Must(201).Member("id");

        var exam = Json.Of(
            ("programme", "ACP"), ("name", "e"), ("minutes", 110), ("checkInMinutes", 5), ("resetMinutes", 5), ("pools", new[] { "p" }),
            ("modes", new[] { "lab" }));
        (await caller.Put("/exams/e", exam)).Must(200);
        (await caller.Post("/institutions/b/packs", Json.Of(("programme", "ACP"), ("quantity", 50), ("purchasedOn", "2026-01-15")))).Must(201);
        await api.MustAddUp();
        (await caller.Post("/institutions/a/bookings", SmallPool.Booking(SmallPool.Slot(41, 10), 1))).MustRefuse(422, "vouchers_short");

        var path = $"/bookings/{booking["id"]}";
        MustBe((await caller.Get(path)).Json, "MOS", 50, 10);
        // What is freed here goes to the entry, which takes the exam as it is now.
        MustBe((await caller.Post($"{path}/resize", Json.Of(("seats", 6)))).Must(200).Json, "MOS", 50, 6);
        (await caller.Get($"/requests/{entry}")).Json["status"]!.ToString().ShouldBe("placed");
        var placed = (await caller.Get($"/bookings/{(await caller.Get($"/requests/{entry}")).Json["booking"]}")).Json;
        MustBe(placed, "ACP", 110, 4, 4);
        await api.MustAddUp();

        MustBe((await caller.Post($"{path}/reschedule", Json.Of(("start", Json.Text(_start + Duration.FromHours(5)))))).Must(200).Json, "MOS", 50, 6);
        MustBe((await caller.Post($"{path}/resize", Json.Of(("seats", 12)))).Must(200).Json, "MOS", 50, 12);
        var extra = new JsonObject { ["seats"] = 12, ["accommodations"] = new JsonArray(new JsonObject { ["candidates"] = 2, ["extraTimePercent"] = 50 }) };
        MustBe((await caller.Post($"{path}/resize", extra)).Must(200).Json, "MOS", 50, 12, 2);
        MustBe((await caller.Post($"/holds/{hold["id"]}/confirm", null)).Must(201).Json, "MOS", 50, 5);
        await api.MustAddUp();

        await ZoneStory(api);
        (await caller.Post($"{path}/cancel", "{}")).Must(200).Json["status"]!.ToString().ShouldBe("cancelled");
        await api.MustAddUp();
    }

    /// <summary>School z has vouchers up to 1 May. In another zone its block of 1 May lies on 2 May.</summary>
    private static async Task ZoneStory(TestApi api)
    {
        var caller = api.Operator;
        await SmallPool.Exam(caller, "other", 50);
        (await caller.Put("/institutions/z", School("Etc/UTC"))).Must(200);
        (await caller.Post("/institutions/z/packs", Json.Of(("programme", "MOS"), ("quantity", 20), ("purchasedOn", "2025-05-01")))).Must(201);
        var wish = SmallPool.Booking(Instant.FromUtc(2026, 5, 1, 20, 0), 8, exam: "other");
        var id = (await caller.Post("/institutions/z/bookings", wish)).Must(201).Member("id");
        (await caller.Put("/institutions/z", School("Pacific/Auckland"))).Must(200);
        await api.MustAddUp();
        (await caller.Post($"/bookings/{id}/resize", Json.Of(("seats", 9)))).MustRefuse(422, "vouchers_short");
        (await caller.Post($"/bookings/{id}/resize", Json.Of(("seats", 3)))).Must(200);
        await api.MustAddUp();
    }

    private static string School(string zone) => Json.Of(("name", "z"), ("zone", zone), ("labSeats", 100), ("proctors", 1), ("ready", true));

    private static async Task<JsonNode> Made(ApiClient caller, string what, int seats, Instant start) =>
        (await caller.Post($"/institutions/a/{what}", SmallPool.Booking(start, seats))).Must(201).Json;

    private static void MustBe(JsonNode sitting, string programme, int minutes, params int[] profile)
    {
        (sitting["programme"]!.GetValue<string>(), sitting["minutes"]!.GetValue<int>()).ShouldBe((programme, minutes));
        sitting["seatProfile"]!.AsArray().Select(seats => seats!.GetValue<int>()).ShouldBe(profile);
    }
}
