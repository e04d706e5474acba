using System.Text.Json.Nodes;

namespace Scheduler.Tests;

/// <summary>R3: the seats of several ranges change in one call, all of them or none.</summary>
public sealed class R03_Hours
{
    private const string Path = $"/pools/{Schools.Pool}/capacity";
    private const string First = "2026-06-01T14:00:00Z";
    private const string Second = "2026-06-02T14:00:00Z";

    [Fact]
    public async Task R03_several_ranges_are_lowered_together_or_not_at_all()
    {
        await using var api = await TestApi.Open();
        var start = NodaTime.Text.InstantPattern.ExtendedIso.Parse(Second).Value;
        var booked = (await api.Operator.Post($"/institutions/{Schools.Own}/bookings", Schools.Booking(start, 12))).Must(201).Member("id");
        var before = await Capacities(api);

        // The second range has too many bookings, so the first one stays as it was too.
        var refused = (await api.Operator.Put($"{Path}/hours", Body(10, 10))).MustRefuse(409, "capacity_below_booked");
        ((string)refused.Json["bookings"]!.AsArray().ShouldHaveSingleItem()!).ShouldBe(booked);
        (await Capacities(api)).ShouldBe(before);
        var tried = (await api.Operator.Put($"{Path}/hours?dryRun=true", Body(10, 10))).Must(200);
        tried.Member("refused").ShouldBe("capacity_below_booked");
        (await Capacities(api)).ShouldBe(before);

        var forced = (await api.Operator.Put($"{Path}/hours", Body(10, 10, true), ("Idempotency-Key", "k"))).Must(200);
        forced.Json["shortfall"]!.AsArray().ShouldHaveSingleItem()!["seats"]!.GetValue<int>().ShouldBe(2);
        forced.Json["exceptions"]!.AsArray().Count.ShouldBe(2);
        (await Capacities(api)).ShouldBe([10, 10]);
        (await api.Operator.Put($"{Path}/hours", Body(10, 10, true), ("Idempotency-Key", "k"))).Must(200).Text.ShouldBe(forced.Text);

        // One range gets other seats, the other one its template again.
        var version = forced.Number("version");
        (await api.Operator.Put($"{Path}/hours", Body(20, null, version: version - 1))).MustRefuse(412, "stale");
        (await api.Operator.Put($"{Path}/hours", Body(20, null, version: version))).Must(200);
        (await Capacities(api)).ShouldBe([20, before[1]]);
        var audit = (await api.Operator.Get($"/audit?subject=pool/{Schools.Pool}")).Must(200).Json["items"]!.AsArray();
        audit.TakeLast(2).Select(row => ((string)row!["what"]!, (string?)row["why"]))
            .ShouldBe([("exceptions_put", "out for repair"), ("exceptions_put", null)]);
        await api.MustAddUp();
    }

    [Fact]
    public async Task R03_ranges_that_overlap_or_lie_off_the_grid_change_nothing()
    {
        await using var api = await TestApi.Open();
        static string Range(string from, string to) => Json.Of(("where", new object[]
        {
            new { from = First, to = "2026-06-01T16:00:00Z", seats = 5 }, new { from, to, seats = 5 },
        }));
        (await api.Operator.Put($"{Path}/hours", Range("2026-06-01T15:00:00Z", "2026-06-01T17:00:00Z"))).MustRefuse(400, "invalid")
            .Json["errors"]!.AsObject().Select(error => error.Key).ShouldBe(["where[1].from"]);
        (await api.Operator.Put($"{Path}/hours", Range(Second, Second))).MustRefuse(400, "invalid");
        (await api.Operator.Put($"{Path}/hours", Range(Second, "2026-06-02T14:30:00Z"))).MustRefuse(422, "not_on_slot");
        (await api.Operator.Put($"{Path}/hours", """{"where":[]}""")).MustRefuse(400, "invalid");
        (await api.Operator.Put("/pools/gone/capacity/hours", Body(1, 1))).MustRefuse(404, "not_found");
        (await api.Operator.Put($"{Path}/hours", new JsonObject { ["where"] = JsonNode.Parse(
            $$"""[{"from":"{{First}}","to":"2026-06-01T15:00:00Z","seats":1}]"""), ["force"] = true })).MustRefuse(400, "invalid");
        (await Capacities(api)).ShouldBe([1_000, 1_000]);
    }

    private static async Task<int[]> Capacities(TestApi api)
    {
        var slots = (await api.Operator.Get($"{Path}?from={First}&to=2026-06-02T15:00:00Z")).Must(200).Json["slots"]!.AsArray();
        return [(int)slots[0]!["capacity"]!, (int)slots[^1]!["capacity"]!];
    }

    private static string Body(int? first, int? second, bool force = false, int? version = null) => Json.Of(
        ("where", new object[]
        {
            new { from = Second, to = "2026-06-02T15:00:00Z", seats = second }, new { from = First, to = "2026-06-01T15:00:00Z", seats = first },
        }),
        ("force", force), ("reason", force ? "out for repair" : null), ("version", version));
}
