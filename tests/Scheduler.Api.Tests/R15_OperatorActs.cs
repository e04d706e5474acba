using System.Text.Json.Nodes;
using NodaTime;

namespace Scheduler.Tests;

/// <summary>R15: what an operator does to a school's booking is told to the school with the reason, and stands on the booking.</summary>
public sealed class R15_OperatorActs(PostgresServer postgres) : IClassFixture<PostgresServer>
{
    private static readonly Instant _start = SmallPool.Slot(40, 10);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task R15_an_operators_changes_of_a_booking_are_told(bool isPostgres)
    {
        await using var api = await Open(isPostgres);
        var school = await api.NewCaller("instructor", "a");
        var path = $"/bookings/{await Booked(school, "a", 6, _start)}";
        (await school.Get(path)).Json["operatorAct"].ShouldBeNull();
        (await school.Post($"{path}/resize", Json.Of(("seats", 7), ("reason", "late joiners")))).Must(200).Json["operatorAct"].ShouldBeNull();
        (await Notices(school, "a")).ShouldBeEmpty("the school did it itself");

        await Told(api, school, path, "reschedule", Json.Of(("start", Json.Text(_start + Duration.FromHours(2)))), "booking_moved", "moved", null);
        var moved = Json.Of(("start", Json.Text(_start)), ("reason", "The room is closed."));
        await Told(api, school, path, "reschedule", moved, "booking_moved", "moved", "The room is closed.");
        await Told(api, school, path, "resize", Json.Of(("seats", 8), ("reason", "asked by phone")), "booking_resized", "resized", "asked by phone");
        // The school's own change keeps the act.
        (await school.Post($"{path}/resize", Json.Of(("seats", 5)))).Must(200).Json["operatorAct"]!["reason"]!.ToString().ShouldBe("asked by phone");
        await Told(api, school, path, "cancel", Json.Of(("reason", "No machines.")), "booking_cancelled", "cancelled", "No machines.");
        (await Notices(school, "a")).Count.ShouldBe(4);
        (await api.Operator.Post($"{path}/cancel", Json.Of(("reason", "again")))).Must(200).Json["operatorAct"]!["reason"]!.ToString().ShouldBe("No machines.");
        (await Notices(school, "a")).Count.ShouldBe(4, "nothing was changed");

        var wish = JsonNode.Parse(SmallPool.Booking(SmallPool.Slot(3, 10), 2))!;
        wish["override"] = new JsonObject { ["reason"] = "exam board" };
        var forced = (await api.Operator.Post("/institutions/a/bookings", wish)).Must(201).Json;
        (forced["operatorAct"]!["what"]!.ToString(), forced["operatorAct"]!["reason"]!.ToString()).ShouldBe(("overridden", "exam board"));
        (await Notices(school, "a"))[^1]["what"]!.ToString().ShouldBe("booking_made");
        await api.MustAddUp();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task R15_a_capacity_lowered_by_force_is_told_to_every_school_in_the_short_hours(bool isPostgres)
    {
        await using var api = await Open(isPostgres);
        var (a, b) = (await api.NewCaller("coordinator", "a"), await api.NewCaller("instructor", "b"));
        var first = await Booked(a, "a", 6, _start);
        var second = await Booked(a, "a", 5, _start);
        var other = await Booked(b, "b", 4, _start);
        await Booked(b, "b", 4, _start + Duration.FromHours(3));
        (await a.Get($"/bookings/{first}")).Header("ETag").ShouldBe("\"1\"");
        (await a.Post($"/bookings/{first}/resize", Json.Of(("seats", 7)))).Must(200);

        var body = Json.Of(
            ("from", Json.Text(_start)), ("to", Json.Text(_start + Duration.FromHours(1))), ("seats", 3), ("force", true), ("reason", "Machines broke."));
        var answer = (await api.Operator.Put("/pools/p/capacity", body, ("Idempotency-Key", "broke"))).Must(200);
        (await api.Operator.Put("/pools/p/capacity", body, ("Idempotency-Key", "broke"))).Must(200).Text.ShouldBe(answer.Text);
        (await api.Operator.Put("/pools/p/capacity", body)).Must(200);

        var notice = (await Notices(a, "a")).ShouldHaveSingleItem();
        (notice["what"]!.ToString(), notice["subject"]!.ToString(), notice["why"]!.ToString()).ShouldBe(("exception_put", "pool/p", "Machines broke."));
        notice["bookings"]!.AsArray().Select(id => id!.ToString()).ShouldBe([first, second], ignoreOrder: true);
        (await Notices(b, "b")).ShouldHaveSingleItem()["bookings"]!.AsArray().ShouldHaveSingleItem()!.ToString().ShouldBe(other);
        (await Notices(api.Operator, "x")).ShouldBeEmpty();
        var shown = (await a.Get($"/bookings/{first}")).Must(200);
        (shown.Json["operatorAct"]!["what"]!.ToString(), shown.Json["operatorAct"]!["reason"]!.ToString()).ShouldBe(("shortfall", "Machines broke."));

        // The school's next change knows the act, and its version.
        shown.Header("ETag").ShouldBe("\"3\"");
        (await a.Post($"/bookings/{first}/resize", Json.Of(("seats", 5)), ("If-Match", "\"2\""))).MustRefuse(412, "stale");
        var kept = (await a.Post($"/bookings/{first}/resize", Json.Of(("seats", 5)), ("If-Match", "\"3\""))).Must(200).Json;
        (kept["version"]!.GetValue<int>(), kept["operatorAct"]!["what"]!.ToString()).ShouldBe((4, "shortfall"));
        (await a.Post($"/bookings/{second}/cancel", null)).Must(200);
        await api.MustAddUp();
    }

    [Theory]
    [InlineData(false, 10, 0)]
    [InlineData(true, 0, 10)]
    public async Task R09_a_cancelled_booking_says_what_became_of_its_vouchers(bool isLate, int returned, int forfeited)
    {
        await using var api = await Open(isPostgres: false);
        var school = await api.NewCaller("instructor", "a");
        var path = $"/bookings/{await Booked(school, "a", 12, _start)}";
        if (isLate)
            api.Clock.Set(_start - Duration.FromDays(1));
        var shrunk = (await school.Post($"{path}/resize", Json.Of(("seats", 10)))).Must(200).Json;
        (shrunk["vouchersReturned"], shrunk["vouchersForfeited"]!.GetValue<int>()).ShouldBe((null, isLate ? 2 : 0));
        var cancelled = (await api.Operator.Post($"{path}/cancel", "{}")).Must(200).Json;
        cancelled["vouchersReturned"]!.GetValue<int>().ShouldBe(returned);
        cancelled["vouchersForfeited"]!.GetValue<int>().ShouldBe(isLate ? forfeited + 2 : 0);
        var notice = (await Notices(school, "a")).ShouldHaveSingleItem();
        notice["after"]!["vouchersForfeited"]!.GetValue<int>().ShouldBe(cancelled["vouchersForfeited"]!.GetValue<int>());
        notice["why"].ShouldBeNull();
        await api.MustAddUp();
    }

    [Fact]
    public async Task R13_a_receiver_asks_for_the_notices_after_the_last_that_it_has()
    {
        await using var api = await Open(isPostgres: false);
        var school = await api.NewCaller("viewer", "a");
        var ids = new List<string>();
        for (var k = 0; k < 3; k++)
        {
            (await api.Operator.Post($"/bookings/{await Booked(api.Operator, "a", 1, _start)}/cancel", null)).Must(200);
            ids.Add((await Notices(school, "a"))[^1]["id"]!.ToString());
        }

        const string path = "/institutions/a/notices";
        var whole = (await school.Get($"{path}?limit=3")).Json;
        whole["next"].ShouldBeNull();
        whole["items"]!.AsArray().Select(notice => notice!["id"]!.ToString()).ShouldBe(ids);
        var page = (await school.Get($"{path}?after={ids[0]}&limit=1")).Json;
        page["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(ids[1]);
        var rest = (await school.Get($"{path}?cursor={page["next"]}")).Json;
        rest["items"]!.AsArray().ShouldHaveSingleItem()!["id"]!.ToString().ShouldBe(ids[2]);
        var none = (await school.Get($"{path}?after={ids[2]}")).Json;
        (none["items"]!.AsArray().Count, none["next"]).ShouldBe((0, null));
        (await school.Get($"{path}?after=1-99999")).MustRefuse(400, "invalid").Text.ShouldContain("\"after\"");
        (await school.Get($"{path}?after={ids[0]}&cursor={page["next"]}")).MustRefuse(400, "invalid").Text.ShouldContain("\"after\"");
    }

    private async Task<TestApi> Open(bool isPostgres)
    {
        Assert.SkipUnless(!isPostgres || PostgresServer.IsThere, "PostgreSQL's server programs are not installed");
        var api = await TestApi.Open(furnish: false, connection: isPostgres ? await postgres.Database() : null);
        await SmallPool.Everything(api.Operator);
        return api;
    }

    /// <summary>An operator's call, its notice and its act.</summary>
    private static async Task Told(TestApi api, ApiClient school, string path, string verb, string body, string kind, string what, string? reason)
    {
        var booking = (await api.Operator.Post($"{path}/{verb}", body)).Must(200).Json;
        (booking["operatorAct"]!["what"]!.ToString(), booking["operatorAct"]!["reason"]?.ToString()).ShouldBe((what, reason));
        booking["operatorAct"]!["at"]!.ToString().ShouldBe(Json.Text(api.Clock.Now));
        (await school.Get(path)).Json["operatorAct"]!.ToJsonString().ShouldBe(booking["operatorAct"]!.ToJsonString());
        var notice = (await Notices(school, "a"))[^1];
        (notice["what"]!.ToString(), notice["why"]?.ToString(), $"/bookings/{notice["after"]!["id"]}").ShouldBe((kind, reason, path));
    }

    private static async Task<List<JsonNode>> Notices(ApiClient caller, string institution) =>
        [.. (await caller.Get($"/institutions/{institution}/notices")).Must(200).Json["items"]!.AsArray().Select(notice => notice!)];

    private static async Task<string> Booked(ApiClient caller, string institution, int seats, Instant start) =>
        (await caller.Post($"/institutions/{institution}/bookings", SmallPool.Booking(start, seats))).Must(201).Member("id");
}
